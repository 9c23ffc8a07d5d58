using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Agents.Agent.Engines.Haproxy;
using Agents.Agent.Instances;
using Agents.Testing;
using Agents.Testing.Engines;
using Agents.Testing.Requirements;
using Agents.V1;
using Agents.Words;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Agent.Tests.Engines;

/// <summary>A proxy that reads its configuration again, as a real one does, and its clients.</summary>
[Trait("Category", "Engine")]
public sealed class ProxyReloadTests : IAsyncLifetime
{
    private const int Number = 200; // Beyond those of the scenarios.
    private const int Reloads = 8;
    private const int HaproxyUser = 802;
    private static readonly string s_gateway = string.Create(CultureInfo.InvariantCulture, $"10.213.{Number}.1");

    private readonly TemporaryDirectory _directory = new();
    private readonly TestCluster _cluster = new(Number);
    private readonly List<EchoServer> _servers = [];
    private TestAgent _agent = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await EngineImages.EnsureAsync();
        _agent = await TestAgent.StartAsync(TestSettings.Create(_directory.Path));
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await _cluster.RemoveAsync(_agent);
        _servers.ForEach(server => server.Dispose());
        await _agent.DisposeAsync();
        _directory.Dispose();
    }

    [Requires(Requirement.Engine)]
    public async Task Reload_AgainAndAgain_RefusesNobody()
    {
        await CreateAsync();
        await WriteAsync(["demo-1"]);
        await StartAsync();
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 2).Select(_ => ConnectUntilAsync(end.Token)).ToList();
        using var session = new TcpClient();
        await session.ConnectAsync(IPAddress.Loopback, _cluster.Port);

        var workers = new HashSet<int> { await WorkerAsync() };
        for (var reload = 0; reload < Reloads; reload++)
        {
            await WriteAsync(reload % 2 == 0 ? ["demo-1", "demo-2"] : ["demo-1"]);
            await ReloadAsync();
            workers.Add(await WorkerAsync());
            Assert.Equal(["demo-1"], await UpAsync()); // A new one is not up before it has said so.
            Assert.DoesNotContain(" 2 0 1 1 ", await StateFileAsync(), StringComparison.Ordinal);
        }

        await end.CancelAsync();
        var answers = await Task.WhenAll(clients).DefaultTimeout();
        Assert.All(answers, answer => Assert.True(answer is { Served: > Reloads, Refused: 0 }, $"{answer}"));
        Assert.Equal(Reloads + 1, workers.Count);
        Assert.True(await SaysAsync(session)); // What was open stays with the worker that it began with.
        Assert.True((await _agent.UntilAsync(_cluster.InstanceId, _ => true)).ConfigComplete);
    }

    [Requires(Requirement.Engine)]
    public async Task Reload_ConfigurationThatIsNone_LeavesTheOldOneAndTheFileAsItWas()
    {
        await CreateAsync();
        await WriteAsync(["demo-1"]);
        await StartAsync();
        var (worker, before) = (await WorkerAsync(), await StateFileAsync());

        await _agent.Containers.WriteVolumeFilesAsync(Files(("haproxy.cfg", "nonsense\n")), deadline: TestAgent.Deadline);
        await ReloadAsync();

        Assert.Equal(worker, await WorkerAsync());
        Assert.Equal(before, await StateFileAsync());
        Assert.Equal(["demo-1"], await UpAsync());
    }

    [Requires(Requirement.Engine)]
    public async Task Start_AfterAReload_TakesNoServerToBeUp()
    {
        await CreateAsync();
        await WriteAsync(["demo-1"]);
        await StartAsync();
        await ReloadAsync();
        _servers.ForEach(server => server.Dispose());

        await _agent.Containers.RestartContainerAsync(new RestartContainerRequest { Context = _cluster.Context, Name = _cluster.Container }, deadline: TestAgent.Deadline);

        await UntilAsync(async () => await WorkerAsync() > 0);
        Assert.Empty(await UpAsync());
    }

    private async Task CreateAsync()
    {
        await _agent.Containers.CreateNetworkAsync(
            new CreateNetworkRequest { Context = _cluster.ClusterContext, Name = _cluster.Network, Subnet = $"10.213.{Number}.0/28" }, deadline: TestAgent.Deadline);
        await _agent.Containers.CreateVolumeAsync(_cluster.NewVolume(_cluster.ConfigVolume), deadline: TestAgent.Deadline);
        var spec = _cluster.Spec(InstanceKinds.Haproxy);
        (spec.Image, spec.ImageLabel, spec.User) = (EngineImages.Haproxy, $"haproxy:{EngineImages.Version}", $"{HaproxyUser}:{HaproxyUser}");
        spec.Command.Clear();
        spec.Command.Add(["haproxy", "-W", "-db", "-f", $"{ConfigPaths.Directory}/haproxy.cfg"]);
        spec.Mounts.RemoveAt(0);
        spec.TmpfsBytes.Add("/run/haproxy", 1 << 20);
        await _agent.Containers.CreateContainerAsync(new CreateContainerRequest { Context = _cluster.Context, Spec = spec }, deadline: TestAgent.Deadline);
        _servers.Add(new EchoServer(s_gateway));
        _servers.Add(new EchoServer(s_gateway));
    }

    private async Task StartAsync()
    {
        await _agent.Containers.StartContainerAsync(new StartContainerRequest { Context = _cluster.Context, Name = _cluster.Container }, deadline: TestAgent.Deadline);
        await UntilAsync(async () => await UpAsync() is ["demo-1"]);
    }

    private async Task ReloadAsync() => await _agent.Containers.SignalContainerAsync(
        new SignalContainerRequest { Context = _cluster.Context, Name = _cluster.Container, Signal = "SIGUSR2" }, deadline: TestAgent.Deadline);

    private async Task WriteAsync(IReadOnlyList<string> members) => await _agent.Containers.WriteVolumeFilesAsync(
        Files(("haproxy.cfg", Configuration(members)), (ServerStates.File, States(members))), deadline: TestAgent.Deadline);

    private WriteVolumeFilesRequest Files(params IEnumerable<(string Name, string Content)> files) => new()
    {
        Context = _cluster.Context,
        Container = _cluster.Container,
        Directory = ConfigPaths.Directory,
        ConfigHash = "hash-1",
        Files = { files.Select(file => new VolumeFile { Path = file.Name, Content = ByteString.CopyFromUtf8(file.Content), Mode = 0b110_000_000, Uid = HaproxyUser, Gid = HaproxyUser }) },
    };

    /// <summary>What counts here of the configuration that proxies have, without TLS to the servers.</summary>
    private string Configuration(IReadOnlyList<string> members) =>
        $"""
        global
            stats socket /run/haproxy/admin.sock mode 600 level admin
            server-state-file {ConfigPaths.Directory}/{ServerStates.File}

        defaults
            mode tcp
            retries 0
            timeout connect 1s
            timeout client 1h
            timeout server 1h
            timeout check 2s
            load-server-state-from-file global
            default-server inter 5s fastinter 250ms downinter 2s fall 3 rise 1 observe layer4 error-limit 1 on-error fastinter on-marked-down shutdown-sessions

        listen read_write
            id 1
            bind *:{_cluster.Port}
            option httpchk OPTIONS /primary
            http-check expect status 200
            {string.Join("\n    ", members.Select((member, index) => string.Create(CultureInfo.InvariantCulture, $"server {member} {s_gateway}:{_servers[index].Port} id {index + 1} check")))}

        """;

    private string States(IReadOnlyList<string> members) => "1\n" + string.Concat(members.Select((member, index) => string.Create(
        CultureInfo.InvariantCulture, $"1 read_write {index + 1} {member} {s_gateway} 0 0 1 1 0 1 0 0 6 0 1 1 - {_servers[index].Port} - 0 0 - - 0\n")));

    /// <summary>Connects, and says something, until it is told to end.</summary>
    private async Task<(int Served, int Refused)> ConnectUntilAsync(CancellationToken end)
    {
        var (served, refused) = (0, 0);
        while (!end.IsCancellationRequested)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _cluster.Port, CancellationToken.None);
            _ = await SaysAsync(client) ? served++ : refused++;
        }

        return (served, refused);
    }

    private static async Task<bool> SaysAsync(TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync("x"u8.ToArray());
            return await client.GetStream().ReadAsync(new byte[1]).AsTask().DefaultTimeout() > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private Task<int> WorkerAsync() => AskAsync(0, (runtime, proxy) => runtime.FindWorkerAsync(proxy, default));

    private async Task<IReadOnlyList<string>> UpAsync() =>
        [.. (await AskAsync("", (runtime, proxy) => runtime.ReadStatesAsync(proxy, default))).Split('\n').Select(line => line.Split(' ')).Where(fields => fields is [_, _, _, _, _, "2", ..]).Select(fields => fields[3])];

    private async Task<T> AskAsync<T>(T otherwise, Func<IHaproxyRuntime, LocalInstance, Task<T>> ask)
    {
        try
        {
            return await ask(_agent.Services.GetRequiredService<IHaproxyRuntime>(), await ProxyAsync());
        }
        catch (HaproxyUnreachableException)
        {
            return otherwise; // It starts.
        }
    }

    private async Task<LocalInstance> ProxyAsync() => (await _agent.Services.GetRequiredService<LocalInstances>().FindAsync(_cluster.InstanceId, default))!;

    private async Task<string> StateFileAsync() =>
        Encoding.UTF8.GetString((await _agent.Services.GetRequiredService<LocalInstances>().FindConfigFileAsync(await ProxyAsync(), ServerStates.File, default))!.Content);

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Waiting.Limit);
        while (!await isSo())
            await Task.Delay(50, limit.Token);
    }
}
