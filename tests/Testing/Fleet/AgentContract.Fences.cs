using Agents.Domain.Health;
using Agents.Protocol;
using Xunit;

namespace Agents.Testing.Fleet;

/// <content>Fences.</content>
public abstract partial class AgentContract
{
    private const string First = "6fe9f788-0000-4000-8000-000000000001";
    private const string Second = "6fe9f788-0000-4000-8000-000000000002";

    private static readonly TimeSpan s_fenceTime = TimeSpan.FromSeconds(60);

    /// <summary>What runs in a container ends, and nobody meant that.</summary>
    internal abstract void End(string name);

    /// <summary>A person starts a container.</summary>
    internal abstract Task StartByHandAsync(string name);

    /// <summary>Time passes on the clock that nobody can set.</summary>
    internal abstract void Pass(TimeSpan time);

    [Fact]
    public async Task Fence_KeepsItFromBeingStarted_UntilItsOwnRelease()
    {
        var life = await EndedAsync();
        await RefusedAsync(ErrorReasons.InvalidArgument, () => FenceAsync("fence", life));

        await FenceAsync(First, life);
        await FenceAsync(First, life);

        Assert.Equal(First, (await Agent.GetExitAsync(_instance, default)).FenceId);
        await RefusedAsync(ErrorReasons.Fenced, () => Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: false, default));
        await RefusedAsync(ErrorReasons.FenceDiffers, () => FenceAsync(Second, life));
        await RefusedAsync(ErrorReasons.FenceDiffers, () => Agent.ReleaseAsync(Instance(1), Second, default));
        await Agent.ReleaseAsync(Instance(1), First, default);
        await Agent.ReleaseAsync(Instance(1), First, default);
        Assert.Equal("", (await Agent.GetExitAsync(_instance, default)).FenceId);
    }

    [Fact]
    public async Task Fence_OfAnotherLifeThanTheLast_IsRefused()
    {
        var life = await EndedAsync(isStillWanted: true);
        await StartByHandAsync(Container);
        Assert.True(await Agent.GetExitAsync(_instance, default) is { Runs: true, Ended: null, Doubt.Length: > 0 });

        await RefusedAsync(ErrorReasons.LifeDiffers, () => FenceAsync(First, life));
        End(Container);
        await RefusedAsync(ErrorReasons.LifeDiffers, () => FenceAsync(First, life));
        var last = (await Agent.GetExitAsync(_instance, default)).Ended!;
        await RefusedAsync(ErrorReasons.LifeDiffers, () => FenceAsync(First, last with { ContainerId = "another" }));
        await FenceAsync(First, last);

        Assert.NotEqual(life, last);
        Assert.Equal(First, (await Agent.GetExitAsync(_instance, default)).FenceId);
    }

    [Fact]
    public async Task Fence_ThatHasEnded_NeverBeginsAgain()
    {
        const string Late = "6fe9f788-0000-4000-8000-000000000003";
        var life = await EndedAsync();
        await FenceAsync(First, life);
        await Agent.ReleaseAsync(Instance(1), First, default);
        await RefusedAsync(ErrorReasons.FenceEnded, () => FenceAsync(First, life));

        await FenceAsync(Second, life);
        Pass(s_fenceTime);
        await RefusedAsync(ErrorReasons.FenceEnded, () => FenceAsync(Second, life));
        await Agent.ReleaseAsync(Instance(1), Late, default);
        await RefusedAsync(ErrorReasons.FenceEnded, () => FenceAsync(Late, life)); // Its release has overtaken it.

        await RefusedAsync(ErrorReasons.FenceEnded, () => FenceAsync(First, life));
        Assert.Equal("", (await Agent.GetExitAsync(_instance, default)).FenceId);
    }

    private Task FenceAsync(string id, ContainerLife life) => Agent.FenceAsync(Instance(1), id, life, s_fenceTime, "a test", default);

    /// <summary>An instance that ran and has ended. Returns the life that it had.</summary>
    private async Task<ContainerLife> EndedAsync(bool isStillWanted = false)
    {
        await CreateAsync();
        await Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: false, default);
        End(Container);
        if (!isStillWanted)
            await Agent.SetWantAsync(Instance(1), running: false, "", initialised: false, default);
        return (await Agent.GetExitAsync(_instance, default)).Ended!;
    }
}
