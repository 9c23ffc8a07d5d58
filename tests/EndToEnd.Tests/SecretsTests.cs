using System.Text;
using System.Text.Json.Nodes;

namespace Agents.EndToEnd.Tests;

/// <summary>No generated secret is anywhere but where it must be: sealed in the store, and in the configuration volumes.</summary>
[Collection(StackCollection.Name)]
public sealed class SecretsTests(StackFixture stack) : StackTests
{
    [Theory]
    [InlineData("clear")]
    [InlineData("base64")]
    [InlineData("hex")]
    [InlineData("url")]
    public void Scan_PlantedCanary_IsFound(string form)
    {
        const string Canary = "canary+secret/with=signs and spaces";
        var bytes = Encoding.UTF8.GetBytes(Canary);
        var planted = form switch
        {
            "clear" => Canary,
            "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{Canary}\n")),
            "hex" => Convert.ToHexStringLower(bytes),
            _ => Uri.EscapeDataString(Canary),
        };

        Assert.NotNull(SecretForms.FindIn(Encoding.UTF8.GetBytes($"some log line {planted} goes on"), Canary));
        Assert.Null(SecretForms.FindIn(Encoding.UTF8.GetBytes("some log line goes on"), Canary));
    }

    [Requires(Requirement.Lab)]
    public async Task Scan_AfterACreate_FindsNoSecret()
    {
        await stack.CreateAsync("vault");
        try
        {
            var secrets = await GeneratedSecretsAsync();
            Assert.True(secrets.Count >= 20, $"only {secrets.Count} secrets are known to look for");

            var places = await PlacesAsync();
            var found = (from place in places from secret in secrets let form = SecretForms.FindIn(place.Content, secret.Value) where form is not null select $"{secret.Key} in {place.Name}").ToList();

            Assert.True(places.Count > 30, $"only {places.Count} places were looked at");
            Assert.Empty(found);
        }
        finally
        {
            await stack.DeleteAsync("vault");
        }
    }

    /// <summary>All secrets, read where they must be: the configuration volumes, and the credentials that the API gives to operators.</summary>
    private async Task<Dictionary<string, string>> GeneratedSecretsAsync()
    {
        var secrets = new Dictionary<string, string>
        {
            ["the application's password"] = (string)(await stack.Api.GetAsync("/api/v1/postgres/clusters/vault/credentials"))["password"]!,
            ["the administrator's token"] = (await File.ReadAllTextAsync(stack.Of("STACK_TOKEN_FILE"))).Trim(),
        };
        foreach (var host in StackFixture.Hosts)
        {
            foreach (var volume in (await stack.DockerAsync(host, "volume", "ls", "-q", "--filter", "label=agents.controller")).Split('\n').Where(name => name.EndsWith("-config", StringComparison.Ordinal)))
            {
                var directory = (await stack.DockerAsync(host, "volume", "inspect", "-f", "{{.Mountpoint}}", volume)).Trim();
                foreach (var file in Directory.GetFiles(directory))
                    Collect(secrets, $"{host} {volume} {Path.GetFileName(file)}", await File.ReadAllTextAsync(file));
            }
        }

        return secrets;
    }

    private static void Collect(Dictionary<string, string> secrets, string name, string text)
    {
        if (name.EndsWith(".key", StringComparison.Ordinal))
            secrets[name] = string.Concat(text.Split('\n').Where(line => !line.StartsWith("-----", StringComparison.Ordinal)))[40..120];
        if (name.EndsWith("patroni.yml", StringComparison.Ordinal))
        {
            var authentication = JsonNode.Parse(text)!["postgresql"]!["authentication"]!;
            secrets[$"{name} replication"] = (string)authentication["replication"]!["password"]!;
            secrets[$"{name} rewind"] = (string)authentication["rewind"]!["password"]!;
        }

        if (name.EndsWith("haproxy.cfg", StringComparison.Ordinal))
            secrets[$"{name} statistics"] = text.Split("stats auth statistics:")[1].Split('\n')[0].Trim();
    }

    private async Task<List<(string Name, byte[] Content)>> PlacesAsync()
    {
        var places = new List<(string, byte[])>();
        foreach (var file in Directory.GetFiles(stack.Of("STACK_STATE"), "*.log"))
            places.Add((file, await File.ReadAllBytesAsync(file)));
        foreach (var file in Directory.GetFiles(stack.Of("STACK_DATA"), "*", SearchOption.AllDirectories).Where(IsNoSecretFile))
        {
            if (TryRead(file) is { } content)
                places.Add((file, content));
        }

        foreach (var host in StackFixture.Hosts)
        {
            foreach (var id in (await stack.DockerAsync(host, "ps", "-aq", "--filter", "label=agents.controller")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                places.Add(($"docker inspect on {host}", Encoding.UTF8.GetBytes(await stack.DockerAsync(host, "inspect", id))));
                var logs = await Shell.TryAsync("docker", "-H", stack.Of($"LAB_{host.ToUpperInvariant()}_DOCKER_HOST"), "logs", id);
                places.Add(($"docker logs on {host}", Encoding.UTF8.GetBytes(logs.Output + logs.Error)));
            }
        }

        foreach (var path in new[] { "postgres/clusters", "postgres/clusters/vault", "operations", "hosts", "join-tokens" })
            places.Add(($"GET {path}", Encoding.UTF8.GetBytes((await stack.Api.GetAsync($"/api/v1/{path}")).ToJsonString())));
        foreach (var process in Directory.GetDirectories("/proc").Where(directory => int.TryParse(Path.GetFileName(directory), out _)))
        {
            if (TryRead(Path.Combine(process, "cmdline")) is { } arguments)
                places.Add(($"arguments of {process}: {Encoding.UTF8.GetString(arguments).Replace('\0', ' ')}", arguments));
            if (TryRead(Path.Combine(process, "environ")) is { } environment)
                places.Add(($"environment of {process}", environment));
        }

        return places;
    }

    /// <summary>The files whose whole purpose is to hold a secret, mode 0600.</summary>
    private static bool IsNoSecretFile(string path)
    {
        if (path.EndsWith("lock", StringComparison.Ordinal))
            return false; // Empty, and held by its program.
        if (path.Contains("/sockets/", StringComparison.Ordinal))
            return false; // Links to where servers listen, while their host's agent talks to them.
        if (Path.GetFileName(path) is not ("admin.token" or "join.token") && !path.EndsWith(".key", StringComparison.Ordinal))
            return true;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        return false;
    }

    private static byte[]? TryRead(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException || (exception is IOException or UnauthorizedAccessException && path.StartsWith("/proc/", StringComparison.Ordinal)))
        {
            return null; // The process has ended, or a record was replaced meanwhile.
        }
    }
}
