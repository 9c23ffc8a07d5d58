using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Agent.Instances;
using Agents.Protocol;
using Agents.Testing.Docker;

namespace Agents.Agent.Tests.Instances;

/// <content>Fences, and the proofs of an end.</content>
public sealed partial class SupervisorTests
{
    [Fact]
    public async Task Turn_FenceDeadlinePasses_IsReleasedAndStarted()
    {
        await RunAsync();
        _engine.Crash(Name);
        await TurnAsync();
        await _commands.FenceAsync(_command, "fence-1", life: null, TimeSpan.FromSeconds(60), "a test", default);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(60, (await TurnAsync())!.Value.TotalSeconds);
        Assert.Equal(ContainerStatus.Exited, (await FindAsync()).State.Status);

        _kernel.SinceBoot += TimeSpan.FromSeconds(60);
        await TurnAsync();

        Assert.Equal(ContainerStatus.IsRunning, (await FindAsync()).State.Status);
        Assert.Null(_table.Find(Id)!.Fence);
        Assert.Equal("fence-1", _table.Find(Id)!.ExpiredFence);
    }

    [Fact]
    public async Task Turn_FenceDeadlinePasses_ItNeverBeginsAgain()
    {
        await RunAsync();
        _engine.Crash(Name);
        await _commands.FenceAsync(_command, "fence-1", life: null, TimeSpan.FromSeconds(60), "a test", default);
        _kernel.SinceBoot += TimeSpan.FromSeconds(60);
        await TurnAsync();

        Assert.Equal(ErrorReasons.FenceEnded, await ReasonAsync(() => _commands.FenceAsync(_command, "fence-1", life: null, null, "late", default)));
        for (var other = 2; other < 30; other++)
        {
            await _commands.FenceAsync(_command, $"fence-{other}", life: null, null, "a test", default);
            await _commands.ReleaseAsync(_command, $"fence-{other}", default);
        }

        Assert.Equal(Enumerable.Range(14, 16).Select(number => $"fence-{number}"), _table.Find(Id)!.EndedFences); // The latest are what may still be under way.
    }

    [Fact]
    public async Task Prove_StartedAgainAndNotSeen_ProvesNothing()
    {
        await RunAsync();
        var first = (await FindAsync()).State.Pid;
        _engine.Crash(Name);
        _kernel.End(first);
        Assert.True((await _reader.GetAsync(Id, default)).Proof is { DockerExited: true, InitProcessGone: true, CgroupEmpty: true });

        _time.Advance(TimeSpan.FromSeconds(1));
        await ((IDockerContainers)_engine).StartAsync(Name, default); // By a person, and over before anybody saw it.
        _engine.Crash(Name);

        Assert.False((await _reader.GetAsync(Id, default)).Proof!.DockerExited);
    }

    [Fact]
    public async Task Table_OpenedAfterBoot_FenceCountsAnew()
    {
        await RunAsync();
        await _commands.FenceAsync(_command, "fence-1", life: null, TimeSpan.FromSeconds(60), "a test", default);
        _kernel.BootId = "boot-2";
        _kernel.SinceBoot = TimeSpan.FromSeconds(5);

        Assert.Equal(TimeSpan.FromSeconds(60), new FenceClock(_kernel).Left(Open().Find(Id)!));
    }

    [Fact]
    public async Task Fence_PowerFailsAtEveryStep_AcknowledgedFenceHoldsAfterwards()
    {
        await RunAsync();
        for (var step = 1; step <= 3; step++)
        {
            _disk.CrashAt = _disk.Steps + step;
            await Assert.ThrowsAsync<PowerLostException>(() => _commands.FenceAsync(_command, "fence-1", life: null, null, "a test", default));
            Assert.Null(_table.Find(Id)!.Fence);
        }

        _disk.CrashAt = 0;
        await _commands.FenceAsync(_command, "fence-1", life: null, null, "a test", default);
        Assert.NotNull(new InstanceStore(_disk.AfterCrash(), "/data/instances").Load().Records.Single().Fence);
    }
}
