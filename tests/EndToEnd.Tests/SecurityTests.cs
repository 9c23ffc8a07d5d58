namespace Agents.EndToEnd.Tests;

/// <summary>What a stranger on the network finds: an address on the switch, no certificate, no password.</summary>
[Collection(StackCollection.Name)]
public sealed class SecurityTests(StackFixture stack) : StackTests
{
    [Requires(Requirement.Lab)]
    public async Task Stranger_AtEveryPublishedPort_IsRefusedWhatItShouldBe()
    {
        await stack.CreateAsync("fort");
        await StackFixture.LabAsync("foreign", "up");
        try
        {
            var ports = await PublishedPortsAsync();
            Assert.Equal(3, ports.Count(port => port.Name == "client"));

            foreach (var port in ports)
                await KnockAsync(port);
        }
        finally
        {
            await StackFixture.LabAsync("foreign", "down");
            await stack.DeleteAsync("fort");
        }
    }

    [Requires(Requirement.Lab)]
    public async Task Hosts_OpenNoPortsOfTheirOwn()
    {
        foreach (var host in StackFixture.Hosts)
        {
            var listening = await StackFixture.LabAsync("exec", host, "ss", "-Hltn");

            Assert.Equal("", listening.Trim());
        }
    }

    [Requires(Requirement.Lab)]
    public async Task UserPorts_ListenOnLoopbackAlone()
    {
        await StackFixture.LabAsync("foreign", "up");
        try
        {
            foreach (var port in new[] { "28080", "28081" })
            {
                var answer = await StrangerAsync("curl", "-s", "-m", "2", $"http://{stack.Of("LAB_CONTROLLER_ADDRESS")}:{port}/healthz");

                Assert.NotEqual(0, answer.ExitCode);
            }
        }
        finally
        {
            await StackFixture.LabAsync("foreign", "down");
        }
    }

    private static Task<ShellResult> StrangerAsync(params string[] command) => Shell.TryAsync("deploy/lab/lab", ["foreign", "--name", "e2e", "exec", .. command]);

    private async Task<List<(string Name, string Address, string Port)>> PublishedPortsAsync()
    {
        var ports = new List<(string, string, string)>();
        foreach (var host in StackFixture.Hosts)
        {
            foreach (var line in (await stack.DockerAsync(host, "ps", "-q", "--filter", "label=agents.controller")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var labels = await stack.DockerAsync(host, "inspect", "-f", "{{range $name, $value := .Config.Labels}}{{$name}}={{$value}}\n{{end}}", line);
                ports.AddRange(labels.Split('\n').Where(label => label.StartsWith("agents.port.", StringComparison.Ordinal)).Select(label => label["agents.port.".Length..].Split('='))
                    .Select(pair => (pair[0], stack.AddressOf(host), pair[1])));
            }
        }

        return ports;
    }

    private async Task KnockAsync((string Name, string Address, string Port) port)
    {
        switch (port.Name)
        {
            case "client" or "peer":
                await RefusesAsync("curl", "-sk", "-m", "3", $"https://{port.Address}:{port.Port}/version");
                await RefusesAsync("curl", "-sf", "-m", "3", $"http://{port.Address}:{port.Port}/version");
                break;
            case "rest":
                Assert.Equal("403", await StatusAsync(port, "restart", "-X", "POST", "-d", "{}"));
                Assert.Equal("403", await StatusAsync(port, "config", "-X", "PATCH", "-d", "{\"ttl\": 30}"));
                Assert.Equal("403", await StatusAsync(port, "reinitialize", "-X", "POST", "-d", "{\"force\": true}"));
                Assert.Equal("403", await StatusAsync(port, "failover", "-X", "POST", "-d", "{\"candidate\": \"fort-1\"}"));
                break;
            case "statistics":
                Assert.Equal("401", await StatusAsync(port, ""));
                break;
            default:
                await RefusesAsync("psql", $"host={port.Address} port={port.Port} user=app dbname=app sslmode=disable password=wrong connect_timeout=3", "-c", "select 1");
                await RefusesAsync("psql", $"host={port.Address} port={port.Port} user=app dbname=app sslmode=require password=wrong connect_timeout=3", "-c", "select 1");
                await RefusesAsync("psql", $"host={port.Address} port={port.Port} user=postgres dbname=postgres sslmode=require password=postgres connect_timeout=3", "-c", "select 1");
                await RefusesAsync("psql", $"host={port.Address} port={port.Port} user=agents_replicator dbname=postgres sslmode=require password=wrong replication=database connect_timeout=3", "-c", "IDENTIFY_SYSTEM");
                break;
        }

        async Task RefusesAsync(params string[] command)
        {
            var answer = await StrangerAsync(command);
            Assert.True(answer.ExitCode != 0, $"{port} answered a stranger: {string.Join(' ', command)}\n{answer.Output}");
        }
    }

    private static async Task<string> StatusAsync((string Name, string Address, string Port) port, string path, params string[] arguments) =>
        (await StrangerAsync(["curl", "-sk", "-m", "3", "-o", "/dev/null", "-w", "%{http_code}", .. arguments, $"https://{port.Address}:{port.Port}/{path}"])).Output.Trim();
}
