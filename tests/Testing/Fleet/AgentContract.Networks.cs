using Agents.Controller.Execution;
using Agents.Protocol;
using Xunit;

namespace Agents.Testing.Fleet;

/// <content>Networks.</content>
public abstract partial class AgentContract
{
    [Fact]
    public async Task Network_Removed_IsMadeAgainByAHigherGenerationAlone()
    {
        await CreateNetworkAsync(2);
        await CreateNetworkAsync(2);
        await Agent.RemoveNetworkAsync(Owner(3), Network, default);
        await Agent.RemoveNetworkAsync(Owner(3), Network, default);

        await RefusedAsync(ErrorReasons.StaleGeneration, () => CreateNetworkAsync(3));
        await RefusedAsync(ErrorReasons.StaleGeneration, () => Agent.RemoveNetworkAsync(Owner(2), Network, default));
        await CreateNetworkAsync(4);
    }

    [Fact]
    public async Task Container_IsReachedWhileItRunsInItsNetwork()
    {
        Assert.False(await Agent.IsReachedAsync(Container, default));
        await CreateAsync();
        Assert.False(await Agent.IsReachedAsync(Container, default));

        await Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: false, default);
        Assert.True(await Agent.IsReachedAsync(Container, default));
    }

    [Fact]
    public async Task Network_NeverThere_IsRemovedForGoodAllTheSame()
    {
        await Agent.RemoveNetworkAsync(Owner(1), Network, default);

        await RefusedAsync(ErrorReasons.StaleGeneration, () => CreateNetworkAsync(1));
    }

    [Fact]
    public async Task Network_OverlapsOrDiffers_IsRefused()
    {
        await CreateNetworkAsync(1);

        await RefusedAsync(ErrorReasons.SubnetOverlap, () => Agent.CreateNetworkAsync(Owner(1), Network + "-2", "10.213.7.8/29", Labels(), default));
        await RefusedAsync(ErrorReasons.SpecificationDiffers, () => Agent.CreateNetworkAsync(Owner(1), Network, "10.213.8.0/28", Labels(), default));
        await RefusedAsync(ErrorReasons.OtherController, () => Connect("store-2", 1).RemoveNetworkAsync(Owner(9), Network, default));
    }

    [Fact]
    public async Task Network_InUse_IsRefusedWithTheNameOfWhoIsInIt()
    {
        await CreateAsync();
        await Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: false, default);

        var refusal = await Assert.ThrowsAsync<AgentRefusedException>(() => Agent.RemoveNetworkAsync(Owner(2), Network, default));

        Assert.Equal(ErrorReasons.DockerRefused, refusal.Reason);
        Assert.Contains(Container, refusal.Message, StringComparison.Ordinal);
    }
}
