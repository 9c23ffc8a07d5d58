using System.Formats.Tar;
using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.Testing.Requirements;

namespace Agents.Agent.Tests.Docker;

/// <summary>What every engine does, by the client's interfaces: held by each real version and by the fake. It removes all that it makes.</summary>
public abstract partial class DockerContract : IAsyncLifetime
{
    private const string Label = "agents.contract";
    private static int s_lastSubnet;

    private readonly string _id = Guid.NewGuid().ToString("N")[..12];
    private readonly int _subnet = Interlocked.Increment(ref s_lastSubnet);
    private EngineUnderTest _engine = null!;

    private string Name => $"agents-contract-{_id}";

    private Dictionary<string, string> Labels => new() { [Label] = _id };

    private int Port => 27000 + _subnet;

    /// <summary>The engine.</summary>
    internal abstract EngineUnderTest Connect();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _engine = Connect();
        if (await _engine.Images.FindAsync(SmallImage.Reference, default) is null)
            await _engine.Images.LoadAsync(new MemoryStream(SmallImage.Archive()), default);
        await _engine.Networks.CreateAsync(new NetworkBody(Name, "bridge", true, new IpamBody([new IpamPool($"10.214.{_subnet}.0/28")]), Labels), default);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var container in await _engine.Containers.ListAsync($"{Label}={_id}", default))
            await _engine.Containers.RemoveAsync(container.Id, force: true, default);
        await _engine.Networks.RemoveAsync(Name, default);
        await _engine.Networks.RemoveAsync(Name + "-foreign", default);
        foreach (var suffix in new[] { "", "-silent" })
            await _engine.Volumes.RemoveAsync(Name + suffix, default);
    }

    /// <summary>The version that was settled on is one that both know.</summary>
    [ContractFact]
    public async Task GetInfo_Reachable_SettlesVersion()
    {
        var info = await _engine.System.GetInfoAsync(default).DefaultTimeout();

        Assert.NotEmpty(info.ServerVersion);
        Assert.True(ApiVersion.TryParse(_engine.System.SettledVersion, out var version));
        Assert.True(version >= ApiVersion.Oldest && version <= ApiVersion.Newest);
    }

    [ContractFact]
    public async Task Ping_Reachable_Returns() => await _engine.System.PingAsync(default).DefaultTimeout();

    [ContractFact]
    public async Task Container_WholeLife_IsSeenAtEveryStep()
    {
        var id = await CreateAsync(Name).DefaultTimeout();
        Assert.Equal(ContainerStatus.Created, (await InspectAsync()).State.Status);
        Assert.Contains(await _engine.Containers.ListAsync($"{Label}={_id}", default), container => container.Id == id);

        Assert.True(await _engine.Containers.StartAsync(Name, default).DefaultTimeout());
        Assert.False(await _engine.Containers.StartAsync(Name, default).DefaultTimeout());
        var running = await InspectAsync();
        Assert.Equal(ContainerStatus.IsRunning, running.State.Status);
        Assert.True(running.State.Pid > 0);

        await _engine.Containers.RestartAsync(Name, default).DefaultTimeout();
        Assert.True(await _engine.Containers.StopAsync(Name, TimeSpan.FromSeconds(5), default).DefaultTimeout());
        Assert.False(await _engine.Containers.StopAsync(Name, null, default).DefaultTimeout());
        var stopped = await InspectAsync();
        Assert.Equal(ContainerStatus.Exited, stopped.State.Status);
        Assert.True(stopped.State.FinishedAt > running.State.StartedAt);

        Assert.True(await _engine.Containers.RemoveAsync(Name, false, default).DefaultTimeout());
        Assert.False(await _engine.Containers.RemoveAsync(Name, false, default).DefaultTimeout());
        Assert.Null(await _engine.Containers.FindAsync(Name, default));
    }

    [ContractFact]
    public async Task Create_NameTaken_Conflicts()
    {
        await CreateAsync(Name).DefaultTimeout();

        Assert.Equal(DockerFailure.Conflict, await FailureAsync(() => CreateAsync(Name)));
    }

    [ContractFact]
    public async Task Create_ImageMissing_IsNotFound() =>
        Assert.Equal(DockerFailure.NotFound, await FailureAsync(() => _engine.Containers.CreateAsync(Name, Body() with { Image = "agents/none:0" }, default)));

    [ContractFact]
    public async Task Create_VolumeMissing_IsMadeSilently()
    {
        await _engine.Containers.CreateAsync(Name, Body(new MountBody(Name + "-silent", "/data", false)), default).DefaultTimeout();

        var volume = await _engine.Volumes.FindAsync(Name + "-silent", default);
        Assert.NotNull(volume);
        Assert.Empty(volume.Labels ?? new Dictionary<string, string>());
    }

    [ContractFact]
    public async Task Start_NetworkMissing_Fails()
    {
        var body = Body();
        await FailureAsync(async () =>
        {
            await _engine.Containers.CreateAsync(Name, body with { HostConfig = body.HostConfig with { NetworkMode = "agents-contract-none" } }, default);
            await _engine.Containers.StartAsync(Name, default);
        });
    }

    [ContractFact]
    public async Task Start_PortTaken_NamesThePort()
    {
        await CreateAsync(Name).DefaultTimeout();
        await CreateAsync(Name + "-2").DefaultTimeout();
        await _engine.Containers.StartAsync(Name, default).DefaultTimeout();

        var exception = await Assert.ThrowsAsync<DockerException>(() => _engine.Containers.StartAsync(Name + "-2", default)).DefaultTimeout();

        var port = Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(port, PortConflict.Of(exception)?.Port);
        Assert.Equal([Name], (await _engine.Containers.ListPublishersAsync(port, default).DefaultTimeout()).Select(holder => holder.PlainName));
        Assert.Empty(await _engine.Containers.ListPublishersAsync(port[1..], default).DefaultTimeout());
    }

    [ContractFact]
    public async Task Remove_Running_ConflictsUnlessForced()
    {
        await CreateAsync(Name).DefaultTimeout();
        await _engine.Containers.StartAsync(Name, default).DefaultTimeout();

        Assert.Equal(DockerFailure.Conflict, await FailureAsync(() => _engine.Containers.RemoveAsync(Name, false, default)));
        Assert.True(await _engine.Containers.RemoveAsync(Name, true, default).DefaultTimeout());
    }

    [ContractFact]
    public async Task Signal_EndsContainer_WaitAnswers()
    {
        await CreateAsync(Name).DefaultTimeout();
        Assert.Equal(DockerFailure.Conflict, await FailureAsync(() => _engine.Containers.SignalAsync(Name, "SIGTERM", default)));
        await _engine.Containers.StartAsync(Name, default).DefaultTimeout();
        var waiting = _engine.Containers.WaitAsync(Name, default);

        await _engine.Containers.SignalAsync(Name, "SIGKILL", default).DefaultTimeout();

        Assert.Equal(137, await waiting.DefaultTimeout());
        Assert.Equal(137, await _engine.Containers.WaitAsync(Name, default).DefaultTimeout());
    }

    [ContractFact]
    public async Task AbsentContainer_EveryCall_IsNotFound()
    {
        Assert.Equal(DockerFailure.NotFound, await FailureAsync(() => _engine.Containers.StartAsync("agents-none", default)));
        Assert.Equal(DockerFailure.NotFound, await FailureAsync(() => _engine.Containers.StopAsync("agents-none", null, default)));
        Assert.Equal(DockerFailure.NotFound, await FailureAsync(() => _engine.Containers.WaitAsync("agents-none", default)));
        Assert.Equal(DockerFailure.NotFound, await FailureAsync(() => _engine.Archives.PutAsync("agents-none", "/etc", new MemoryStream(), default)));
        Assert.Null(await _engine.Networks.FindAsync("agents-none", default));
        Assert.Null(await _engine.Volumes.FindAsync("agents-none", default));
        Assert.Null(await _engine.Images.FindAsync("agents/none:0", default));
    }

    [ContractFact]
    public async Task Volume_WholeLife_IsSeenAtEveryStep()
    {
        await _engine.Volumes.CreateAsync(new VolumeBody(Name, "local", Labels), default).DefaultTimeout();
        await _engine.Volumes.CreateAsync(new VolumeBody(Name, "local", Labels), default).DefaultTimeout();
        Assert.Single(await _engine.Volumes.ListAsync($"{Label}={_id}", default));

        await _engine.Containers.CreateAsync(Name, Body(new MountBody(Name, "/data", false)), default).DefaultTimeout();
        Assert.Equal(DockerFailure.Conflict, await FailureAsync(() => _engine.Volumes.RemoveAsync(Name, default)));
        await _engine.Containers.RemoveAsync(Name, false, default).DefaultTimeout();
        Assert.True(await _engine.Volumes.RemoveAsync(Name, default).DefaultTimeout());
        Assert.False(await _engine.Volumes.RemoveAsync(Name, default).DefaultTimeout());
    }

    [ContractFact]
    public async Task Archive_CreatedContainer_HoldsWhatWasPut()
    {
        await _engine.Volumes.CreateAsync(new VolumeBody(Name, "local", Labels), default).DefaultTimeout();
        await _engine.Containers.CreateAsync(Name, Body(new MountBody(Name, "/etc/agents", false)), default).DefaultTimeout();
        var file = new V1.VolumeFile { Path = "sub/secret", Content = Google.Protobuf.ByteString.CopyFromUtf8("hidden"), Mode = 0b110_000_000, Uid = 999, Gid = 998 };

        await _engine.Archives.PutAsync(Name, "/etc/agents", Containers.VolumeArchive.Build([file, new V1.VolumeFile { Path = "empty/none.txt", Mode = 0b110_000_000 }]), default).DefaultTimeout();

        await using var archive = await _engine.Archives.GetAsync(Name, "/etc/agents/sub/secret", default).DefaultTimeout();
        using var reader = new TarReader(archive!);
        var entry = await reader.GetNextEntryAsync(copyData: true);
        Assert.Equal("hidden", await new StreamReader(entry!.DataStream!).ReadToEndAsync());
        Assert.Null(await _engine.Archives.GetAsync(Name, "/etc/agents/none", default).DefaultTimeout());
        foreach (var (path, isThere) in new[] { ("sub/secret", true), ("none", false), ("none/secret", false), ("empty/none.txt", false), ("sub/*ret", true), ("sub/*.txt", false), ("empty/*.txt", false), ("none/*", false) })
            Assert.Equal(isThere, await _engine.Archives.HasDataAsync(Name, $"/etc/agents/{path}", default).DefaultTimeout());
    }

    [ContractFact]
    public async Task Logs_BothStreams_AreToldApart()
    {
        await _engine.Containers.CreateAsync(Name, Body() with { Cmd = ["/bin/busybox", "sh", "-c", "echo out; echo err >&2"] }, default).DefaultTimeout();
        await _engine.Containers.StartAsync(Name, default).DefaultTimeout();
        if (_engine.System is not FakeDockerEngine)
            await _engine.Containers.WaitAsync(Name, default).DefaultTimeout();

        var chunks = new List<LogChunk>();
        await foreach (var chunk in _engine.Containers.ReadLogsAsync(Name, new LogQuery(false, 10, null), default))
            chunks.Add(chunk);

        Assert.Contains(chunks, chunk => !chunk.IsError && System.Text.Encoding.UTF8.GetString(chunk.Data.Span) == "out\n");
        Assert.Contains(chunks, chunk => chunk.IsError && System.Text.Encoding.UTF8.GetString(chunk.Data.Span) == "err\n");
    }

    [ContractFact]
    public async Task Stats_Running_AreRead()
    {
        await CreateAsync(Name).DefaultTimeout();
        await _engine.Containers.StartAsync(Name, default).DefaultTimeout();

        await foreach (var stats in _engine.Containers.ReadStatsAsync(Name, false, default))
        {
            Assert.True(stats.Pids.Current > 0);
            Assert.True(stats.Memory.UsedWithoutCache > 0);
        }
    }

    [ContractFact]
    public async Task Events_StartAndDeath_AreTold()
    {
        using var ended = new CancellationTokenSource(Waiting.Limit);
        await CreateAsync(Name).DefaultTimeout();
        var events = await _engine.Events.SubscribeAsync($"{Label}={_id}", DateTimeOffset.UtcNow.AddSeconds(-1), ended.Token);
        await _engine.Containers.StartAsync(Name, default).DefaultTimeout();
        await _engine.Containers.SignalAsync(Name, "SIGKILL", default).DefaultTimeout();

        var actions = new List<string>();
        await foreach (var occurred in events.WithCancellation(ended.Token))
        {
            actions.Add(occurred.Action);
            if (occurred.Action == "die")
                break;
        }

        Assert.Contains("start", actions);
        Assert.Equal(ContainerStatus.Exited, (await InspectAsync()).State.Status);
    }

    [ContractFact]
    public async Task Load_Garbage_IsRefused() =>
        await FailureAsync(() => _engine.Images.LoadAsync(new MemoryStream("this is no image archive\n"u8.ToArray()), default));

    [ContractFact]
    public async Task Image_Loaded_CarriesOurLabel() =>
        Assert.Equal(SmallImage.Label, (await _engine.Images.FindAsync(SmallImage.Reference, default))!.Label("agents.image"));

    private async Task<ContainerInspection> InspectAsync() => (await _engine.Containers.FindAsync(Name, default).DefaultTimeout())!;

    private Task<string> CreateAsync(string name) => _engine.Containers.CreateAsync(name, Body(), default);

    private static async Task<DockerFailure> FailureAsync(Func<Task> call) => (await Assert.ThrowsAsync<DockerException>(call).DefaultTimeout()).Failure;

    private ContainerBody Body(params MountBody[] mounts) => new()
    {
        Image = SmallImage.Reference,
        Cmd = ["/bin/busybox", "sleep", "1000"],
        Labels = Labels,
        ExposedPorts = new Dictionary<string, EmptyObject> { [$"{Port}/tcp"] = new() },
        HostConfig = new ContainerHostBody
        {
            NetworkMode = Name,
            PortBindings = new Dictionary<string, IReadOnlyList<PortBindingBody>> { [$"{Port}/tcp"] = [new PortBindingBody("127.0.0.1", $"{Port}")] },
            Mounts = mounts,
            RestartPolicy = new RestartPolicyBody("no"),
            CapDrop = ["ALL"],
            SecurityOpt = ["no-new-privileges"],
            Init = true,
            LogConfig = new LogConfigBody("json-file", new Dictionary<string, string> { ["max-size"] = "1048576" }),
        },
    };
}
