using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Hangs;
using Agents.Agent.Instances;
using Agents.Agent.Observation;
using Agents.Agent.Postgres;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.Words;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Agents.Agent.Tests.Hangs;

/// <summary>A primary that gives no answer is ended, by the Docker Engine or without it, and nothing else is.</summary>
public sealed class HangWatchTests : IAsyncLifetime, IDisposable
{
    private const string Id = "22222222-2222-4222-8222-222222222222";
    private const string Name = "demo-1";

    private readonly FakeTimeProvider _time = A.Clock();
    private readonly FakeKernel _kernel = new();
    private readonly FakeServerProbe _probe = new() { Answer = PostgresAnswer.Primary };
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeDockerEngine _engine;
    private readonly InstanceTable _table;
    private readonly ContainerView _view = new();
    private readonly HangWatch _watch;
    private ContainerInspection _container = null!;

    public HangWatchTests()
    {
        _engine = new FakeDockerEngine(_time);
        _engine.AddImage(SmallImage.Reference, SmallImage.Label);
        _table = new InstanceTable(new InstanceStore(new FaultyFileSystem(), "/data/instances"), _kernel, _time, NullLogger<InstanceTable>.Instance);
        var killer = new ContainerKiller(_engine, _kernel, _kernel, _time, NullLogger<ContainerKiller>.Instance);
        _watch = new HangWatch(
            _table, _view, new LocalInstances(_engine, _engine, _table, TestSettings.Create(_directory.Path)), _probe, killer, new FenceClock(_kernel), _time, NullLogger<HangWatch>.Instance);
    }

    private string Hang => _table.Slots.Single().Hang;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await _engine.CreateAsync(new NetworkBody("net", "bridge", true, new IpamBody([new IpamPool("10.213.0.0/28")]), new Dictionary<string, string>()), default);
        await ((IDockerContainers)_engine).CreateAsync(Name, Body(), default);
        await StartAsync();
        await SaveAsync(new InstanceRecord
        {
            InstanceId = Id,
            ControllerId = "store-1",
            ContainerName = Name,
            Want = InstanceState.Running,
            HangTimeout = TimeSpan.FromSeconds(10),
            Process = new ProcessRecord(_container.Id, _container.State.StartedAt, _container.State.Pid, 1, ["/cgroup/one"], _kernel.BootId, "agent"),
        });
    }

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Look_APrimaryFallsSilent_IsEndedWhenItsTimeIsUp()
    {
        await LookAsync(2);
        _probe.Answer = PostgresAnswer.None;
        await LookAsync(10); // The first finds the answer before.
        Assert.True(await RunsAsync());
        Assert.Equal("", Hang);

        await LookAsync(1);

        Assert.False(await RunsAsync());
        Assert.Equal("its PostgreSQL gave no answer for 10 s, and it was ended for that", Hang);
        Assert.Empty(_kernel.KilledCgroups);
    }

    [Fact]
    public async Task Look_AnswersWhileItsAgentWaits_IsNotEnded()
    {
        await LookAsync(2);
        var command = new TaskCompletionSource<bool>();
        var commanding = _table.UseAsync(Id, _ => command.Task, default);
        _probe.Answer = PostgresAnswer.None;
        for (var look = 0; look < 12; look++)
            _watch.Look(HangRules.Period, default);
        _probe.Answer = PostgresAnswer.Primary;
        for (var look = 0; look < 3; look++)
            _watch.Look(HangRules.Period, default);

        command.SetResult(true);
        await commanding.DefaultTimeout();
        await _watch.ActsAsync().DefaultTimeout();

        Assert.True(await RunsAsync());
        Assert.Equal("", Hang);
    }

    [Fact]
    public async Task Look_TheNextLife_HasNothingOfIt()
    {
        await HangAsync();
        await StartAsync();
        var told = 0;
        _table.Changed += (_, _) => told++;

        await LookAsync(5);

        Assert.Equal(("", 1), (Hang, told));
        Assert.True(await RunsAsync());
    }

    [Fact]
    public async Task Look_ItCouldNotBeEndedAndAnswersAgain_HangsNoMore()
    {
        await LookAsync(2);
        await SaveAsync(_table.Find(Id)! with { Process = null });
        _engine.GoAway();
        await FallSilentAsync(Task.CompletedTask);
        Assert.NotEqual("", Hang);

        _probe.Answer = PostgresAnswer.Primary;
        await LookAsync(3);

        Assert.Equal("", Hang);
    }

    [Theory]
    [InlineData("it stalls for less long")]
    [InlineData("it copies from another")]
    [InlineData("it starts")]
    [InlineData("it was never heard")]
    [InlineData("its engine is paused")]
    [InlineData("it is to stop")]
    [InlineData("it is fenced")]
    [InlineData("it may be silent for ever")]
    public async Task Look_WhatIsNotToBeEnded_RunsOn(string what)
    {
        if (what == "it was never heard")
            _probe.Answer = PostgresAnswer.None;
        if (what is "it copies from another" or "it starts")
            _probe.Answer = what == "it starts" ? PostgresAnswer.Busy : PostgresAnswer.Replica;
        await LookAsync(2);
        var record = _table.Find(Id)!;
        if (what == "its engine is paused")
            _watch.Hear(Id, isPaused: true);
        if (what == "it is to stop")
            await SaveAsync(record with { Want = InstanceState.Stopped });
        if (what == "it is fenced")
            await SaveAsync(record with { Fence = new FenceClock(_kernel).Begin("fence-1", TimeSpan.FromHours(1), "a test") });
        if (what == "it may be silent for ever")
            await SaveAsync(record with { HangTimeout = TimeSpan.Zero });
        _probe.Answer = PostgresAnswer.None;
        await LookAsync(what == "it stalls for less long" ? 9 : 60);

        Assert.True(await RunsAsync());
        Assert.Equal("", Hang);
    }

    [Fact]
    public async Task Look_PauseIsOver_ItIsEndedAfterAll()
    {
        await LookAsync(2);
        _watch.Hear(Id, isPaused: true);
        _probe.Answer = PostgresAnswer.None;
        await LookAsync(30);
        Assert.True(await RunsAsync());

        _watch.Hear(Id, isPaused: false);
        await LookAsync(1);

        Assert.False(await RunsAsync());
    }

    [Fact]
    public async Task Look_TheEngineHangsToo_TheCgroupEndsIt()
    {
        await LookAsync(2);
        _engine.Hang();

        await FallSilentAsync(_engine.CallWaits);

        Assert.Equal(["/cgroup/one"], _kernel.KilledCgroups);
        Assert.Equal("its PostgreSQL gave no answer for 10 s, and it was ended for that", Hang);
    }

    [Fact]
    public async Task Look_TheEngineHangsTooAndTheCgroupIsOfAnotherLife_IsSaidAndTriedAgain()
    {
        await LookAsync(2);
        var record = _table.Find(Id)!;
        await SaveAsync(record with { Process = record.Process! with { StartedAt = _container.State.StartedAt - TimeSpan.FromHours(1) } });
        _engine.GoAway();

        await FallSilentAsync(Task.CompletedTask);

        Assert.Empty(_kernel.KilledCgroups);
        Assert.StartsWith("its PostgreSQL gave no answer for 10 s, and it could not be ended: ", Hang, StringComparison.Ordinal);
        _engine.ComeBack();
        await LookAsync(10);
        Assert.False(await RunsAsync());
    }

    [Fact]
    public async Task Look_ItHasBeenStartedAgainMeanwhile_TheNewLifeRunsOn()
    {
        await LookAsync(2);
        var isStarted = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var starting = _table.UseAsync(Id, _ => isStarted.Task, default);
        _probe.Answer = PostgresAnswer.None;
        for (var second = 0; second < 12; second++)
            _watch.Look(HangRules.Period, default);
        var acting = _watch.ActsAsync();
        Assert.False(acting.IsCompleted);

        _engine.Crash(Name);
        await StartAsync();
        isStarted.SetResult(true);
        await starting;
        await acting.DefaultTimeout();

        Assert.True(await RunsAsync());
        Assert.Equal("", Hang);
    }

    [Fact]
    public async Task Look_AQuestionIsOpen_NoOtherIsAsked()
    {
        _probe.Answer = PostgresAnswer.None;

        await LookAsync(5);

        Assert.Equal(1, _probe.Asked);
    }

    private async Task HangAsync()
    {
        await LookAsync(2);
        _probe.Answer = PostgresAnswer.None;
        await LookAsync(12);
        Assert.False(await RunsAsync());
    }

    /// <summary>Falls silent until it is acted on, which takes until the engine is not waited for any more.</summary>
    private async Task FallSilentAsync(Task waits)
    {
        _probe.Answer = PostgresAnswer.None;
        for (var second = 0; second < 12; second++)
            _watch.Look(HangRules.Period, default);
        await waits.DefaultTimeout();
        _time.Advance(TimeSpan.FromSeconds(3));
        await _watch.ActsAsync().DefaultTimeout();
    }

    private async Task LookAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _watch.Look(HangRules.Period, default);
            await _watch.ActsAsync().DefaultTimeout();
        }
    }

    private Task SaveAsync(InstanceRecord record) => _table.UseAsync(
        Id,
        slot =>
        {
            _table.Save(slot, record);
            return Task.FromResult(true);
        },
        default);

    private async Task StartAsync()
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        await ((IDockerContainers)_engine).StartAsync(Name, default);
        _container = (await ((IDockerContainers)_engine).FindAsync(Name, default))!;
        _view.Replace([_container], _time.GetUtcNow(), _view.Ask());
    }

    private async Task<bool> RunsAsync() => (await ((IDockerContainers)_engine).FindAsync(Name, default))!.State.Running;

    private static ContainerBody Body() => new()
    {
        Image = SmallImage.Reference,
        Labels = new Dictionary<string, string> { [ObjectLabels.Controller] = "store-1", [ObjectLabels.Instance] = Id, [ObjectLabels.Kind] = InstanceKinds.Postgres, [ObjectLabels.Member] = Name },
        HostConfig = new ContainerHostBody
        {
            NetworkMode = "net",
            RestartPolicy = new RestartPolicyBody("no"),
            CapDrop = [],
            SecurityOpt = [],
            LogConfig = new LogConfigBody("json-file", new Dictionary<string, string>()),
        },
    };
}
