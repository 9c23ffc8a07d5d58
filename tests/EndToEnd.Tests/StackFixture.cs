using System.Text.Json.Nodes;
using Npgsql;

namespace Agents.EndToEnd.Tests;

/// <summary>Three Docker hosts with an agent each, and a controller: made once for all tests of the collection, which leave them as they found them.</summary>
public sealed class StackFixture : IAsyncLifetime
{
    private const string Name = "e2e";
    private Dictionary<string, string> _environment = [];
    private Api? _api;
    private FileStream? _lock;

    /// <summary>The stack of this run: there is one.</summary>
    internal static StackFixture? Current { get; private set; }

    /// <summary>The hosts' names.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["h1", "h2", "h3"];

    internal Api Api => _api ?? throw new InvalidOperationException("the stack is not up");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("AGENTS_TEST_LAB_MISSING") is { Length: > 0 })
            return;
        _lock = Take();
        // In memory: the tests are about what the programs do, not about the disk.
        Environment.SetEnvironmentVariable("LAB_DATA", "/dev/shm/agents-lab");
        Environment.SetEnvironmentVariable("STACK_REST", "28080");
        Environment.SetEnvironmentVariable("STACK_GRPC", "28081");
        Environment.SetEnvironmentVariable("STACK_AGENTS", "27443");
        Current = this; // Also when it cannot be made: then what was made of it goes.
        await MakeAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _api?.Dispose();
        if (Current is not null)
            await StackAsync("down");
        _lock?.Dispose();
    }

    /// <summary>The lab of these tests is one on this machine: a second run would take it away from under the first.</summary>
    private static FileStream Take()
    {
        try
        {
            return new FileStream($"/run/lock/agents-tests-{Name}", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException($"another run of these tests has the lab {Name} of this machine: wait for its end", exception);
        }
    }

    /// <summary>
    /// What a test left: objects of ours on a host, a cluster, a host that is not ready within half a minute; empty when nothing is. Then everything is made anew, so that
    /// the next test finds what it would find alone. The logs of the programs and the containers are kept beside the results.
    /// </summary>
    internal async Task<string> RenewIfLeftAsync(string test)
    {
        var left = await LeftAsync();
        if (left.Length == 0)
            return left;
        var logs = Path.Combine(Repository.Root, "artifacts/test-results/EndToEnd.Tests", $"left-by-{test}");
        Directory.CreateDirectory(logs);
        foreach (var log in Directory.EnumerateFiles(Of("STACK_STATE"), "*.log"))
            File.Copy(log, Path.Combine(logs, Path.GetFileName(log)), overwrite: true);
        foreach (var host in Hosts)
        {
            foreach (var name in (await DockerTryAsync(host, "ps", "-a", "--filter", "label=agents.controller", "--format", "{{.Names}}")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var said = await DockerTryAsync(host, "logs", "--timestamps", "--tail", "500", name);
                await File.WriteAllTextAsync(Path.Combine(logs, $"{name}.log"), said.Output + said.Error);
            }
        }
        await MakeAsync();
        return left;
    }

    /// <summary>A variable of the stack or the lab, as "LAB_H1_ADDRESS".</summary>
    internal string Of(string variable) => _environment[variable];

    /// <summary>A host's address.</summary>
    internal string AddressOf(string host) => Of($"LAB_{host.ToUpperInvariant()}_ADDRESS");

    /// <summary>A verb of the stack.</summary>
    internal static Task<string> StackAsync(string verb, params string[] arguments) => Shell.RunAsync("deploy/lab/stack", [verb, "--name", Name, .. arguments]);

    /// <summary>A verb of the lab.</summary>
    internal static Task<string> LabAsync(string verb, params string[] arguments) => Shell.RunAsync("deploy/lab/lab", [verb, "--name", Name, .. arguments]);

    /// <summary>A docker command on a host.</summary>
    internal Task<string> DockerAsync(string host, params string[] arguments) =>
        Shell.RunAsync("docker", ["-H", Of($"LAB_{host.ToUpperInvariant()}_DOCKER_HOST"), .. arguments]);

    private Task<ShellResult> DockerTryAsync(string host, params string[] arguments) => Shell.TryAsync("docker", ["-H", Of($"LAB_{host.ToUpperInvariant()}_DOCKER_HOST"), .. arguments]);

    /// <summary>What of ours is on all hosts: containers, volumes and networks, one a line.</summary>
    internal async Task<string> ObjectsAsync()
    {
        var found = new List<string>();
        foreach (var host in Hosts)
        {
            foreach (var line in (await DockerAsync(host, "ps", "-aq", "--no-trunc", "--filter", "label=agents.controller", "--format", "container {{.Names}}")).Split('\n')
                .Concat((await DockerAsync(host, "volume", "ls", "--filter", "label=agents.controller", "--format", "volume {{.Name}}")).Split('\n'))
                .Concat((await DockerAsync(host, "network", "ls", "--filter", "label=agents.controller", "--format", "network {{.Name}}")).Split('\n')))
            {
                if (line.Trim().Length > 0)
                    found.Add($"{host} {line.Trim()}");
            }
        }

        return string.Join('\n', found);
    }

    /// <summary>When each running container of ours was started: the same text means that nothing was restarted.</summary>
    internal async Task<string> StartsAsync()
    {
        var found = new List<string>();
        foreach (var host in Hosts)
        {
            foreach (var id in (await DockerAsync(host, "ps", "-q", "--filter", "label=agents.controller")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                found.Add(await DockerAsync(host, "inspect", "-f", "{{.Name}} {{.State.StartedAt}} {{.State.Pid}}", id));
        }

        return string.Concat(found.Order(StringComparer.Ordinal));
    }

    /// <summary>Makes a cluster, and waits until it is there.</summary>
    internal async Task<string> CreateAsync(string name, JsonObject? spec = null)
    {
        var operation = await Api.CreateAsync(name, spec);
        await Api.SucceedAsync(operation);
        return operation;
    }

    /// <summary>Takes a cluster away with its data, and waits until it is gone.</summary>
    internal async Task DeleteAsync(string name) => await Api.SucceedAsync(await Api.DeleteAsync(name));

    /// <summary>How to connect to the cluster's first endpoint of a role, as its application's owner.</summary>
    internal Task<string> ConnectionStringAsync(string cluster, string role = "read_write") => ConnectionStringAsync(cluster, role, endpointsMax: 1);

    /// <summary>How to connect as users are told to: by any of the cluster's endpoints that takes writes.</summary>
    internal Task<string> AllEndpointsAsync(string cluster) => ConnectionStringAsync(cluster, "read_write", endpointsMax: int.MaxValue);

    private async Task<string> ConnectionStringAsync(string cluster, string role, int endpointsMax)
    {
        var credentials = await Api.GetAsync($"/api/v1/postgres/clusters/{cluster}/credentials");
        var endpoints = (await Api.GetAsync($"/api/v1/postgres/clusters/{cluster}"))["status"]!["endpoints"]!.AsArray();
        var addresses = endpoints.Where(endpoint => (string)endpoint!["role"]! == role).Take(endpointsMax).Select(endpoint => $"{endpoint!["address"]}:{endpoint["port"]}");
        return new NpgsqlConnectionStringBuilder
        {
            Host = string.Join(',', addresses),
            Username = (string)credentials["role"]!,
            Password = (string)credentials["password"]!,
            Database = (string)credentials["database"]!,
            SslMode = SslMode.Require,
            Pooling = false,
            Timeout = 3,
            CommandTimeout = 5,
        }.ConnectionString;
    }

    /// <summary>Executes a statement on the cluster, trying again until the limit: a cluster in trouble may refuse for a while.</summary>
    internal async Task<object?> SqlAsync(string cluster, string sql, string role = "read_write") => await SqlAsync(await ConnectionStringAsync(cluster, role), sql, TimeSpan.FromMinutes(1));

    /// <summary>Executes a statement, trying again until the limit.</summary>
    internal static async Task<object?> SqlAsync(string connectionString, string sql, TimeSpan limit)
    {
        object? result = null;
        Exception? last = null;
        await Until.TrueAsync(
            async () =>
            {
                try
                {
                    await using var connection = new NpgsqlConnection(connectionString);
                    await connection.OpenAsync();
                    await using var command = new NpgsqlCommand(sql, connection);
                    result = await command.ExecuteScalarAsync();
                    return true;
                }
                catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
                {
                    last = exception;
                    return false;
                }
            },
            limit,
            () => $"{sql}: {last?.Message}");
        return result;
    }

    private async Task MakeAsync()
    {
        await StackAsync("down");
        await StackAsync("up", Environment.GetEnvironmentVariable("AGENTS_TEST_LIVE_RESTORE") == "1" ? ["3", "--live-restore"] : ["3"]);
        _environment = Parse(await StackAsync("env"));
        _api?.Dispose();
        _api = new Api(Of("STACK_SERVER"), Of("STACK_TOKEN_FILE"));
    }

    private async Task<string> LeftAsync()
    {
        try
        {
            await Until.TrueAsync(
                async () => (await Api.GetAsync("/api/v1/hosts"))["hosts"]!.AsArray().Count(host => (string)host!["state"]! == "ready") == Hosts.Count,
                TimeSpan.FromSeconds(30),
                () => "not all hosts are ready");
            var clusters = (await Api.GetAsync("/api/v1/postgres/clusters"))["clusters"]!.AsArray().Select(cluster => $"cluster {(string)cluster!["name"]!}");
            return string.Join('\n', [.. clusters, .. (await ObjectsAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException or TimeoutException or TaskCanceledException)
        {
            return exception.Message;
        }
    }

    private static Dictionary<string, string> Parse(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1].Replace("\\ ", " ", StringComparison.Ordinal).Trim('\''), StringComparer.Ordinal);
}
