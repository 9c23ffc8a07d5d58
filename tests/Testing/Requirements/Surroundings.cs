namespace Agents.Testing.Requirements;

/// <summary>
/// What this machine has for the tests: what <c>./test</c> found and said in the environment, and what can be seen from here. Programs come from
/// <c>AGENTS_TEST_BIN</c>, servers from <c>AGENTS_TEST_SHARED</c> or from addresses of the user's own.
/// </summary>
internal static class Surroundings
{
    private const string DefaultTools = "/var/tmp/agents-test/bin";

    /// <summary>Why a test that needs this cannot run here, or null when it can.</summary>
    public static string? Missing(Requirement requirement) => requirement switch
    {
        Requirement.Buf => MissingTool("buf"),
        Requirement.Grpcurl => MissingTool("grpcurl"),
        Requirement.Engine => Said("AGENTS_TEST_ENGINE_MISSING") ?? MissingFile("/var/run/docker.sock", "a Docker Engine"),
        Requirement.Engine29 => Missing(Requirement.Lab) ?? MissingTool("docker29/dockerd"),
        Requirement.Lab => Said("AGENTS_TEST_LAB_MISSING") ?? (Environment.IsPrivilegedProcess ? null : "a lab needs root"),
        Requirement.Elasticsearch => MissingServer("elasticsearch", "AGENTS_TEST_ELASTICSEARCH"),
        Requirement.Kafka => MissingServer("kafka", "AGENTS_TEST_KAFKA"),
        Requirement.SystemdAnalyze => MissingFile("/usr/bin/systemd-analyze", "systemd-analyze"),
        _ => throw new ArgumentOutOfRangeException(nameof(requirement)),
    };

    /// <summary>The path of a program that only tests use.</summary>
    public static string Tool(string name) => Path.Combine(Said("AGENTS_TEST_BIN") ?? DefaultTools, name);

    /// <summary>The script that starts a server, or null where the servers are not here.</summary>
    public static string? ServerScript(string server, string script) =>
        Said("AGENTS_TEST_SHARED") is { } shared && Path.Combine(shared, "servers", server, script) is var path && File.Exists(path) ? path : null;

    private static string? MissingTool(string name) => MissingFile(Tool(name), name);

    private static string? MissingFile(string path, string what) => File.Exists(path) ? null : $"{what} is not on this machine ({path})";

    private static string? MissingServer(string server, string address) =>
        Said(address) is not null || ServerScript(server, "start") is not null ? null : $"{server} is not on this machine ({address} names no server)";

    private static string? Said(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
