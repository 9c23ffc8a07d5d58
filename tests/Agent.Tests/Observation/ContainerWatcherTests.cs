using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Observation;
using Agents.Testing;
using Agents.Testing.Docker;
using Agents.Words;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Agents.Agent.Tests.Observation;

/// <summary>What the agent sees of an engine that hangs, and of one whose events are lost.</summary>
public sealed class ContainerWatcherTests
{
    private const string Name = "orders-1";

    private readonly FakeTimeProvider _time = A.Clock();
    private readonly ContainerView _view = new();
    private readonly FakeDockerEngine _engine;
    private readonly ContainerWatcher _watcher;

    /// <summary>An engine with an image.</summary>
    public ContainerWatcherTests()
    {
        _engine = new FakeDockerEngine(_time);
        _engine.AddImage(SmallImage.Reference, SmallImage.Label);
        _watcher = new ContainerWatcher(_engine, _engine, _engine, new OwnObjects(_engine, _engine), _view, _time, NullLogger<ContainerWatcher>.Instance);
    }

    [Fact]
    public async Task Watch_EngineHangs_EndsWithinTenSeconds()
    {
        var watching = _watcher.WatchOnceAsync(default);
        Assert.True(_view.IsReachable);

        _engine.Hang();
        _time.Advance(ContainerWatcher.PingPeriod);
        await _engine.CallWaits.DefaultTimeout();
        _time.Advance(TimeSpan.FromSeconds(5));

        var exception = await Assert.ThrowsAsync<TimeoutException>(() => watching).DefaultTimeout();
        Assert.Contains("no sign of life", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_EngineAnswers_GoesOn()
    {
        using var stop = new CancellationTokenSource();
        var watching = _watcher.WatchOnceAsync(stop.Token);

        for (var turn = 0; turn < 20; turn++)
            _time.Advance(ContainerWatcher.PingPeriod);

        Assert.False(watching.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching).DefaultTimeout();
    }

    [Fact]
    public async Task Watch_EndThatNoEventTells_IsSeenInTheNextList()
    {
        using var stop = new CancellationTokenSource();
        await StartContainerAsync();
        var watching = _watcher.WatchOnceAsync(stop.Token);
        var changed = NextChangeAsync();

        _engine.CrashUnheard(Name);
        _time.Advance(ContainerWatcher.ListPeriod);

        var change = await changed.DefaultTimeout();
        Assert.Equal((false, ContainerStatus.Exited), (change.Removed, change.Container.State.Status));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching).DefaultTimeout();
    }

    [Fact]
    public async Task Watch_ContainerTakenOutOfItsNetwork_IsSeenInTheNextList()
    {
        using var stop = new CancellationTokenSource();
        await StartContainerAsync();
        var watching = _watcher.WatchOnceAsync(stop.Token);
        Assert.False(Assert.Single(_view.Containers).IsDetached);
        var changed = NextChangeAsync();

        _engine.Detach(Name);
        _time.Advance(ContainerWatcher.ListPeriod);

        Assert.True((await changed.DefaultTimeout()).Container.IsDetached);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching).DefaultTimeout();
    }

    [Fact]
    public async Task Watch_NetworkOfAStoppedContainerReplaced_IsSeenInTheNextList_AndKept()
    {
        using var stop = new CancellationTokenSource();
        await StartContainerAsync();
        await _engine.StopAsync(Name, null, default);
        var watching = _watcher.WatchOnceAsync(stop.Token);
        var changed = NextChangeAsync();

        await ((IDockerNetworks)_engine).RemoveAsync("net", default);
        await CreateNetworkAsync();
        _time.Advance(ContainerWatcher.ListPeriod);

        var container = (await changed.DefaultTimeout()).Container;
        Assert.True(container.IsDetached);
        _view.Apply("start", container with { IsNetworkGone = false }, A.Time, _view.Ask());
        Assert.True(Assert.Single(_view.Containers).IsDetached);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching).DefaultTimeout();
    }

    [Fact]
    public async Task Watch_VolumeGone_EverythingIsToldAnewWithTheNextList_AndOnce()
    {
        using var stop = new CancellationTokenSource();
        await _engine.CreateAsync(new VolumeBody("data", "local", new Dictionary<string, string> { [ObjectLabels.Controller] = "store-1" }), default);
        var watching = _watcher.WatchOnceAsync(stop.Token);
        var count = 0;
        _view.Replaced += () => count++;

        _time.Advance(ContainerWatcher.ListPeriod);
        Assert.Equal(0, count);
        _engine.LoseVolume("data");
        _time.Advance(ContainerWatcher.ListPeriod);
        _time.Advance(ContainerWatcher.ListPeriod);

        Assert.Equal(1, count);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching).DefaultTimeout();
    }

    [Fact]
    public async Task Watch_ContainerGoneBeforeItWasLookedAt_EverythingIsToldAnew()
    {
        using var stop = new CancellationTokenSource();
        var watching = _watcher.WatchOnceAsync(stop.Token);
        var renewed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _view.Replaced += () => renewed.TrySetResult();

        _engine.ComeAndGo(Name, Body());

        await renewed.Task.DefaultTimeout();
        Assert.Empty(_view.Containers);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching).DefaultTimeout();
    }

    [Fact]
    public void Compare_OnlyWhatDiffers_IsTold()
    {
        var changes = new List<ContainerChange>();
        var (same, other, gone) = (Container("1"), Container("2"), Container("3"));
        _view.Replace([same, other, gone], A.Time, _view.Ask());
        _view.Changed += changes.Add;

        _view.Compare([Container("1"), other with { State = other.State with { Pid = 7 } }, Container("4")], A.Time, _view.Ask());

        Assert.Equal([("3", true), ("2", false), ("4", false)], changes.Select(change => (change.Container.Id, change.Removed)));
    }

    [Fact]
    public void Apply_AskedForBeforeWhatIsKnown_ChangesNothing()
    {
        var (before, after) = (Container("1"), Container("1"));
        after = after with { State = after.State with { Pid = 7 } };
        _view.Replace([before], A.Time, _view.Ask());
        var (early, late) = (_view.Ask(), _view.Ask());
        _view.Apply("die", after, A.Time, late);
        var changes = new List<ContainerChange>();
        _view.Changed += changes.Add;

        _view.Apply("start", before, A.Time, early);
        _view.Compare([], A.Time, early);
        Assert.Equal(7, Assert.Single(_view.Containers).State.Pid);

        var look = _view.Ask();
        _view.Remove("destroy", "1", A.Time, _view.Ask());
        _view.Apply("start", after, A.Time, look);
        Assert.Empty(_view.Containers);
        Assert.True(Assert.Single(changes).Removed);
    }

    [Fact]
    public void Compare_MadeAgainUnderItsName_IsToldAfterTheEndOfTheFormer()
    {
        var changes = new List<ContainerChange>();
        _view.Replace([Container("former") with { Name = $"/{Name}" }], A.Time, _view.Ask());
        _view.Changed += changes.Add;

        _view.Compare([Container("new") with { Name = $"/{Name}" }], A.Time, _view.Ask());

        Assert.Equal([("former", true), ("new", false)], changes.Select(change => (change.Container.Id, change.Removed)));
    }

    [Fact]
    public void Lose_ThenReplace_TellsBothAndEndsWhatWaits()
    {
        var told = new List<EngineReach>();
        _view.ReachChanged += told.Add;
        _view.Replace([], A.Time, _view.Ask());
        var waiting = _view.Lost;

        _view.Lose("hangs", A.Time.AddSeconds(1));
        _view.Lose("hangs", A.Time.AddSeconds(2));
        Assert.True(waiting.IsCompleted);
        _view.Replace([], A.Time.AddSeconds(3), _view.Ask());

        Assert.Equal([new EngineReach(true, "", A.Time), new EngineReach(false, "hangs", A.Time.AddSeconds(1)), new EngineReach(true, "", A.Time.AddSeconds(3))], told);
        Assert.False(_view.Lost.IsCompleted);
    }

    private static ContainerInspection Container(string id) =>
        new(id, "/" + id, A.Time, 0, new ContainerStatus(ContainerStatus.IsRunning, Running: true, Pid: 1), new ContainerConfiguration(""));

    private Task<ContainerChange> NextChangeAsync()
    {
        var next = new TaskCompletionSource<ContainerChange>(TaskCreationOptions.RunContinuationsAsynchronously);
        _view.Changed += change => next.TrySetResult(change);
        return next.Task;
    }

    private Task CreateNetworkAsync() => _engine.CreateAsync(
        new NetworkBody("net", "bridge", true, new IpamBody([new IpamPool("10.213.0.0/28")]), new Dictionary<string, string> { [ObjectLabels.Controller] = "store-1" }), default);

    private async Task StartContainerAsync()
    {
        await CreateNetworkAsync();
        await _engine.CreateAsync(Name, Body(), default);
        await _engine.StartAsync(Name, default);
    }

    private static ContainerBody Body() => new()
    {
        Image = SmallImage.Reference,
        Labels = new Dictionary<string, string> { [ObjectLabels.Controller] = "store-1" },
        HostConfig = new ContainerHostBody
        {
            NetworkMode = "net",
            Mounts = [],
            RestartPolicy = new RestartPolicyBody("no"),
            CapDrop = [],
            SecurityOpt = [],
            LogConfig = new LogConfigBody("json-file", new Dictionary<string, string>()),
        },
    };
}
