using Agents.Controller.Application;
using Agents.Domain.Model;

namespace Agents.Simulation.Tests;

/// <summary>Deleted clusters of which a copy of the data is lost.</summary>
public sealed class UndeleteLossTests
{
    [Fact]
    public async Task Undelete_VolumeOfThePrimaryIsGone_IsRefusedAndThenTakesAPersonsWord()
    {
        var simulation = await TrashedAsync();
        simulation.Fleet.Host("h1").Volumes.Clear();
        await simulation.TurnsAsync(3);

        var refused = await Assert.ThrowsAsync<RefusedException>(simulation.RequestUndeleteAsync);
        var gone = await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestUndeleteAsync("demo-1"));

        Assert.Contains("of its primary demo-1 is gone", refused.Message, StringComparison.Ordinal);
        Assert.Contains("(demo-2: timeline 1, 0/3000148; demo-3: timeline 1, 0/3000148), and the commits that this one had not received are lost", refused.Message, StringComparison.Ordinal);
        Assert.Contains("of its primary demo-1 is gone", gone.Message, StringComparison.Ordinal);
        await LeadsAgainAsync(simulation, "demo-2");
    }

    [Fact]
    public async Task Undelete_DataOfAReplicaIsNotInItsVolume_HasItFromThePrimary()
    {
        var simulation = await TrashedAsync();
        simulation.Fleet.Host("h2").Volumes.Values.Single(volume => volume.HasData).HasData = false;

        var operation = await simulation.RequestUndeleteAsync();
        await simulation.RunAsync();

        Assert.Equal(OperationState.Succeeded, (await FindAsync(simulation, operation)).State);
        Assert.Equal(2, simulation.Fleet.Engine(simulation.Cluster.Ref).Sender().Replicas.Count(replica => replica.State == "streaming"));
        await simulation.AssertSoundAsync("a replica's volume was emptied");
    }

    [Fact]
    public async Task Undelete_PrimarysHostWasRemoved_TakesAPersonsWord()
    {
        var simulation = await TrashedAsync();
        var host = simulation.Fleet.Host("h1").Host.Id;
        simulation.Fleet.Host("h1").IsLinked = false;
        await simulation.TurnsAsync(70);
        await simulation.WriteAsync(writer =>
        {
            foreach (var leftover in writer.ListLeftovers().Where(leftover => leftover.HostId == host))
                writer.RemoveLeftover(leftover);
            writer.RemoveHost(host);
        });

        var refused = await Assert.ThrowsAsync<RefusedException>(simulation.RequestUndeleteAsync);

        Assert.Contains("it was removed); if that is not to be had back", refused.Message, StringComparison.Ordinal);
        await LeadsAgainAsync(simulation, "demo-3");
    }

    [Theory]
    [InlineData("demo-2")]
    [InlineData("demo-1")]
    public async Task Undelete_PrimarysDataIsNotInItsVolume_FailsAndThenTakesAPersonsWord(string word)
    {
        var simulation = await TrashedAsync();
        var volume = simulation.Fleet.Host("h1").Volumes.Values.Single(volume => volume.HasData);
        volume.HasData = false;
        var first = await simulation.RequestUndeleteAsync();
        await simulation.RunAsync();
        volume.HasData = word == "demo-1"; // Somebody has brought it back.

        var refused = await Assert.ThrowsAsync<RefusedException>(simulation.RequestUndeleteAsync);

        Assert.Equal("DATA_GONE", (await FindAsync(simulation, first)).Error?.Reason);
        Assert.Contains("the data of its primary is not in its volume", refused.Message, StringComparison.Ordinal);
        await LeadsAgainAsync(simulation, word);
    }

    private static async Task LeadsAgainAsync(Simulation simulation, string member)
    {
        var operation = await simulation.RequestUndeleteAsync(member);
        await simulation.RunAsync();

        Assert.Equal(OperationState.Succeeded, (await FindAsync(simulation, operation)).State);
        Assert.Equal(member, (await simulation.InstancesAsync()).Single(instance => instance.Id == simulation.Fleet.Engine(simulation.Cluster.Ref).Leader).Member);
    }

    private static async Task<Simulation> TrashedAsync()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
        return simulation;
    }

    private static Task<Operation> FindAsync(Simulation simulation, Operation operation) => simulation.Store.ReadAsync(reader => reader.FindOperation(operation.Id)!, CancellationToken.None);
}
