using Agents.Protocol;
using Xunit;

namespace Agents.Testing.Fleet;

/// <content>Fences.</content>
public abstract partial class AgentContract
{
    [Fact]
    public async Task Fence_KeepsItFromBeingStarted_UntilItsOwnRelease()
    {
        const string First = "6fe9f788-0000-4000-8000-000000000001";
        const string Second = "6fe9f788-0000-4000-8000-000000000002";
        await CreateAsync();
        await RefusedAsync(ErrorReasons.InvalidArgument, () => Agent.FenceAsync(Instance(1), "fence", TimeSpan.FromSeconds(60), "a test", default));
        await Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: false, default);
        Assert.True((await Agent.GetExitAsync(_instance, default)) is { Runs: true, Doubt.Length: > 0, FenceId: "" });
        await Agent.SetWantAsync(Instance(1), running: false, "", initialised: false, default);

        await Agent.FenceAsync(Instance(1), First, TimeSpan.FromSeconds(60), "a test", default);
        await Agent.FenceAsync(Instance(1), First, TimeSpan.FromSeconds(60), "a test", default);

        Assert.Equal(First, (await Agent.GetExitAsync(_instance, default)).FenceId);
        await RefusedAsync(ErrorReasons.Fenced, () => Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: false, default));
        await RefusedAsync(ErrorReasons.FenceDiffers, () => Agent.FenceAsync(Instance(1), Second, TimeSpan.FromSeconds(60), "another", default));
        await RefusedAsync(ErrorReasons.FenceDiffers, () => Agent.ReleaseAsync(Instance(1), Second, default));
        await Agent.ReleaseAsync(Instance(1), First, default);
        await Agent.ReleaseAsync(Instance(1), First, default);
        Assert.Equal("", (await Agent.GetExitAsync(_instance, default)).FenceId);
    }
}
