using Agents.Protocol;
using Xunit;

namespace Agents.Testing.Fleet;

/// <content>Volumes that are there, and in which the data is not any more.</content>
public abstract partial class AgentContract
{
    [Fact]
    public async Task EmptiedVolume_StartsNothing_UntilItsDataMayComeFromOthers()
    {
        await CreateAsync();
        WriteData(Data);
        await Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: true, default);
        await StopAsync();
        EmptyVolume(Data);

        await RefusedAsync(ErrorReasons.DataGone, () => Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: true, default));
        Assert.False(await IsRunningAsync(Container));
        await Agent.RebuildAsync(Instance(1), "hash-1", default);
        Assert.True(await IsRunningAsync(Container));

        await StopAsync(); // It ended before it had all: once was once.
        await RefusedAsync(ErrorReasons.DataGone, () => Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: false, default));
        WriteData(Data);
        await Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: true, default);
        Assert.True(await IsRunningAsync(Container));
    }

    [Fact]
    public async Task EmptiedVolume_GoesWithoutTheWord_UnlessItsDataWasPutBack()
    {
        await CreateAsync();
        await RefusedAsync(ErrorReasons.DataGone, () => Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: true, default));
        await Agent.SetWantAsync(Instance(1), running: false, "", initialised: true, default);
        await RefusedAsync(ErrorReasons.DataGone, () => Agent.SetWantAsync(Instance(1), running: true, "hash-1", initialised: true, default));
        WriteData(Data);
        await StopAsync();
        await Agent.RemoveContainerAsync(Instance(1), Container, default);
        await RefusedAsync(ErrorReasons.DataPresent, () => Agent.RemoveVolumeAsync(Instance(1), Data, destroyData: false, default));
        await Agent.CreateContainerAsync(Instance(1), Node(), default);
        EmptyVolume(Data);
        await RefusedAsync(ErrorReasons.DataGone, () => Agent.SetWantAsync(Instance(1), running: true, "", initialised: true, default));
        await StopAsync();
        await Agent.RemoveContainerAsync(Instance(1), Container, default);

        await Agent.RemoveVolumeAsync(Instance(1), Data, destroyData: false, default);
    }

    private async Task StopAsync()
    {
        await Agent.SetWantAsync(Instance(1), running: false, "", initialised: false, default);
        await Agent.StopContainerAsync(Instance(1), Container, TimeSpan.FromSeconds(1), default);
    }
}
