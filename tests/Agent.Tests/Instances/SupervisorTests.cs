using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Agent.Kernel;
using Agents.Agent.Observation;
using Agents.Protocol;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.Words;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Agents.Agent.Tests.Instances;

/// <summary>Supervision turn by turn, on clocks that a test moves.</summary>
public sealed partial class SupervisorTests
{
    private const string Id = "22222222-2222-4222-8222-222222222222";
    private const string Name = "agents-22222222222242228222222222222222";

    private readonly FakeTimeProvider _time = A.Clock();
    private readonly FakeKernel _kernel = new();
    private readonly FaultyFileSystem _disk = new();
    private readonly FakeDockerEngine _engine;
    private readonly ContainerView _view = new();
    private readonly InstanceTable _table;
    private readonly NetworkTable _networks;
    private readonly CommandGate _gate;
    private readonly InstanceCommands _commands;
    private readonly InstanceReader _reader;
    private readonly InstanceSupervisor _supervisor;
    private Command _command = new("store-1", new CommandTicket(1, "first", 1, Id, 1), ResourceOwner.None, 0, Id, 1);

    public SupervisorTests()
    {
        _engine = new FakeDockerEngine(_time);
        _engine.AddImage(SmallImage.Reference, SmallImage.Label);
        var agent = new AgentProcess();
        _table = new InstanceTable(new InstanceStore(_disk, "/data/instances"), _kernel, _time, NullLogger<InstanceTable>.Instance);
        _networks = new NetworkTable(new NetworkStore(_disk, "/data/networks"), _time, NullLogger<NetworkTable>.Instance);
        _gate = new CommandGate(new ControllerTickets(_disk, "/data", []), _table, _networks, _time);
        var fences = new FenceClock(_kernel);
        var restarts = new RestartClock(_time);
        var recorder = new ProcessRecorder(_kernel, _kernel, agent, _table);
        var starter = new InstanceStarter(_table, _engine, _engine, new DataCheck(_engine), fences, restarts, recorder, NullLogger<InstanceStarter>.Instance);
        _reader = new InstanceReader(_table, _view, _engine, fences, new ExitProver(_kernel, _kernel, agent));
        _commands = new InstanceCommands(_gate, _table, starter, _reader, fences, restarts, _engine, _engine, _time, NullLogger<InstanceCommands>.Instance);
        _supervisor = new InstanceSupervisor(
            _table, _view, _engine, starter, recorder, fences, restarts, agent, _time, NullLogger<InstanceSupervisor>.Instance);
    }

    [Fact]
    public async Task Turn_CrashLoop_WaitsLongerEachTimeUpToThirtySeconds()
    {
        await RunAsync();
        var waits = new List<double>();
        for (var crash = 0; crash < 6; crash++)
        {
            _engine.Crash(Name);
            var wait = await TurnAsync();
            waits.Add(wait!.Value.TotalSeconds);
            _time.Advance(wait.Value);
            await TurnAsync();
            Assert.Equal(ContainerStatus.IsRunning, (await FindAsync()).State.Status);
        }

        Assert.Equal([3, 6, 12, 24, 30, 30], waits);

        _time.Advance(SupervisionRules.SteadyTime);
        _engine.Crash(Name);
        Assert.Equal(3, (await TurnAsync())!.Value.TotalSeconds);
    }

    [Fact]
    public async Task Turn_EndedBeforeItWasSeenRunning_WaitsForItsVerdict()
    {
        await RunAsync();
        var running = await FindAsync();
        _engine.Crash(Name);
        _view.Replace([running with { State = running.State with { Status = ContainerStatus.Created } }], _time.GetUtcNow(), _view.Ask());

        Assert.Equal(SupervisionRules.VerdictTime, await _supervisor.TurnAsync(default).DefaultTimeout());

        Assert.Equal(ContainerStatus.Exited, (await FindAsync()).State.Status);
        Assert.Equal(ContainerStatus.Exited, _view.FindInstance(Id)!.State.Status);
    }

    [Fact]
    public async Task Sweep_Tombstones_AreKeptForNinetyDays()
    {
        await _commands.ForgetAsync(_command with { Generation = 4 }, acceptDamaged: false, default);

        _time.Advance(InstanceTable.TombstoneTime - TimeSpan.FromMinutes(1));
        Assert.Equal(4, Assert.Single(Open().Generations).Generation);
        Assert.Empty(Open().Slots);

        var opened = Open();
        await opened.SweepAsync(default);
        Assert.Single(opened.Generations);
        _time.Advance(TimeSpan.FromMinutes(1));
        await opened.SweepAsync(default);
        Assert.Empty(opened.Generations);
        Assert.Empty(new InstanceStore(_disk, "/data/instances").Load().Records);
    }

    [Fact]
    public async Task Sweep_RemovedNetworks_AreRememberedForNinetyDays()
    {
        var command = _command with { InstanceId = "", Owner = new ResourceOwner(ResourceTypes.PostgresCluster, Id), OwnerGeneration = 3 };
        await _gate.RemoveNetworkAsync(command, "net", () => Task.FromResult(true), default);

        _time.Advance(InstanceTable.TombstoneTime - TimeSpan.FromMinutes(1));
        await _networks.SweepAsync(default);
        Assert.Equal(3, Assert.Single(_networks.Records).Generation);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _networks.SweepAsync(default);
        Assert.Empty(_networks.Records);
        Assert.Empty(new NetworkStore(_disk, "/data/networks").Load().Records);
    }

    [Fact]
    public async Task Turn_EngineAway_StartsNothingAndStartsAfterItsReturn()
    {
        await RunAsync();
        _engine.GoAway();
        _view.Lose("gone", _time.GetUtcNow());
        Assert.Null(await _supervisor.TurnAsync(default));

        _engine.ComeBack(containersEnded: true);
        var wait = await TurnAsync();
        _time.Advance(wait!.Value);
        await TurnAsync();

        Assert.Equal(ContainerStatus.IsRunning, (await FindAsync()).State.Status);
    }

    [Fact]
    public async Task Turn_VolumeLost_StartsNothingAndSaysWhy()
    {
        await RunAsync();
        _engine.Crash(Name);
        _engine.LoseVolume(Name + "-data");
        _time.Advance((await TurnAsync())!.Value);

        await TurnAsync();

        Assert.Equal(ContainerStatus.Exited, (await FindAsync()).State.Status);
        Assert.Contains("is gone", Assert.Single(_reader.List()).StartError, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CommandException>(() => _commands.SetWantAsync(_command, new(InstanceState.Running, "", false, false), false, default));
    }

    [Fact]
    public async Task Turn_StartFails_IsTriedAgainLater()
    {
        await RunAsync();
        _engine.Crash(Name);
        _engine.StartFailures.Enqueue(new DockerException(DockerFailure.Refused, "no space left"));
        _time.Advance((await TurnAsync())!.Value);

        var wait = await TurnAsync();

        Assert.Equal(6, wait!.Value.TotalSeconds);
        Assert.Equal("no space left", Assert.Single(_reader.List()).StartError);
        _time.Advance(wait.Value);
        await TurnAsync();
        Assert.Equal("", Assert.Single(_reader.List()).StartError);
    }

    [Fact]
    public async Task Turn_WantedStopped_IsStopped()
    {
        await RunAsync();
        await _commands.SetWantAsync(_command, new(InstanceState.Stopped, "", false, false), false, default);

        await TurnAsync();
        await _supervisor.StopsAsync().DefaultTimeout();

        Assert.Equal(ContainerStatus.Exited, (await FindAsync()).State.Status);
        Assert.Null(await TurnAsync());
    }

    [Fact]
    public async Task Prove_SomethingLives_ProvesNothing()
    {
        await RunAsync();
        await TurnAsync();
        _engine.Crash(Name);
        _kernel.CgroupsHoldProcesses = true;

        var proof = (await _reader.GetAsync(Id, default)).Proof!;

        Assert.True(proof.DockerExited);
        Assert.False(proof.InitProcessGone);
        Assert.False(proof.CgroupEmpty);
    }

    [Fact]
    public async Task Commands_WrongOnes_AreRefusedWithTheirReason()
    {
        await RunAsync();

        Assert.Equal(ErrorReasons.InvalidArgument, await ReasonAsync(() => _commands.FenceAsync(_command, "fence-1", life: null, TimeSpan.FromHours(1), "", default)));
        Assert.Equal(ErrorReasons.ConfigMissing, await ReasonAsync(() => _commands.SetWantAsync(_command, new(InstanceState.Running, "other", false, false), false, default)));
        Assert.Equal(ErrorReasons.NotFound, await ReasonAsync(() => _commands.ReleaseAsync(_command with { InstanceId = Guid.NewGuid().ToString() }, "fence-1", default)));
        Assert.Equal(ErrorReasons.NotFound, await ReasonAsync(() => _reader.GetAsync("none", default)));
        await _commands.ReleaseAsync(_command, "fence-1", default);
        _command = _command with { Generation = 0 };
        Assert.Equal(ErrorReasons.StaleGeneration, await ReasonAsync(() => _commands.FenceAsync(_command, "fence-1", life: null, null, "", default)));
    }

    /// <summary>The table as the next agent process reads it.</summary>
    private InstanceTable Open() => new(new InstanceStore(_disk, "/data/instances"), _kernel, _time, NullLogger<InstanceTable>.Instance);

    private async Task RunAsync(string kind = InstanceKinds.Postgres)
    {
        var labels = new Dictionary<string, string> { [ObjectLabels.Controller] = "store-1", [ObjectLabels.Instance] = Id, [ObjectLabels.Kind] = kind };
        foreach (var mark in DataMarks.Of(kind))
            _engine.WriteFile(Name + "-data", mark, BitConverter.GetBytes(7_412_000_000_000_000_001UL));
        await _engine.CreateAsync(new VolumeBody(Name + "-data", "local", labels), default);
        await _engine.CreateAsync(new NetworkBody("net", "bridge", true, new IpamBody([new IpamPool("10.213.0.0/28")]), labels), default);
        await _engine.CreateAsync(Name, new ContainerBody
        {
            Image = SmallImage.Reference,
            Labels = labels,
            HostConfig = new ContainerHostBody
            {
                NetworkMode = "net",
                Mounts = [new MountBody(Name + "-data", "/data", false)],
                RestartPolicy = new RestartPolicyBody("no"),
                CapDrop = [],
                SecurityOpt = [],
                LogConfig = new LogConfigBody("json-file", new Dictionary<string, string>()),
            },
        }, default);
        await _gate.UseAsync(_command, true, slot =>
        {
            _table.Save(slot, slot.Record! with { Kind = kind, ContainerName = Name });
            return Task.FromResult(true);
        }, default);
        await _commands.SetWantAsync(_command, new(InstanceState.Running, "", true, false), false, default);
        await TurnAsync();
    }

    private async Task<TimeSpan?> TurnAsync()
    {
        _view.Replace([await FindAsync()], _time.GetUtcNow(), _view.Ask());
        return await _supervisor.TurnAsync(default).DefaultTimeout();
    }

    private async Task<ContainerInspection> FindAsync() => (await ((IDockerContainers)_engine).FindAsync(Name, default))!;

    private static async Task<string> ReasonAsync(Func<Task> call) => (await Assert.ThrowsAsync<CommandException>(call).DefaultTimeout()).Reason;
}
