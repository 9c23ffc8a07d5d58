using Agents.Controller.Application.Clusters;
using Agents.Domain.Health;

namespace Agents.Simulation.Tests;

/// <summary>Volumes of nodes that are there and in which the data is not any more: nothing begins anew over them, and what another node has is brought back.</summary>
public sealed class EmptiedVolumeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Turn_VolumeOfANodeEmptied_IsFilledAgainFromThePrimary(bool ofThePrimary)
    {
        var simulation = await CreatedAsync();
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        var node = (await simulation.InstancesAsync()).First(instance => instance.Profile.IsNode && (instance.Id == engine.Leader) == ofThePrimary);
        var (host, container, _) = await simulation.FindAsync(node.Member);
        host.Volumes[node.DataVolume].HasData = false;
        container.End();

        await simulation.TurnsAsync(20);

        Assert.Single(simulation.Fleet.Audit, entry => entry.Method == "Rebuild");
        Assert.True(container.IsRunning);
        Assert.True(host.Volumes[node.DataVolume].HasData);
        Assert.NotEqual(node.Id, engine.Leader);
        Assert.NotEmpty(engine.Databases);
        await simulation.AssertSoundAsync("filled again");
        Assert.Empty(await HeldAsync(simulation));
    }

    [Theory]
    [InlineData("another", true)]
    [InlineData("", false)]
    public async Task Turn_VolumeOfANodeEmptiedAndItsConfigurationIsAnother_IsConfiguredAndFilledAgain(string hash, bool isComplete)
    {
        var simulation = await CreatedAsync();
        var (host, container, node) = await simulation.FindAsync("demo-2");
        host.Volumes[node.DataVolume].HasData = false;
        container.End();
        // Its agent had missed the data before.
        (host.Records[node.Id].DataTrouble, host.Records[node.Id].ConfigHash, host.Records[node.Id].ConfigComplete) = (Hold.DataGone, hash, isComplete);

        await simulation.TurnsAsync(20);

        Assert.True(container.IsRunning);
        Assert.True(host.Volumes[node.DataVolume].HasData);
        await simulation.AssertSoundAsync("configured and filled again");
        Assert.Empty(await HeldAsync(simulation));
    }

    [Fact]
    public async Task Turn_EveryVolumeEmptied_NothingIsStartedOverThem()
    {
        var simulation = await CreatedAsync();
        var nodes = (await simulation.InstancesAsync()).Where(instance => instance.Profile.IsNode).ToList();
        foreach (var node in nodes)
        {
            var (host, container, _) = await simulation.FindAsync(node.Member);
            host.Volumes[node.DataVolume].HasData = false;
            container.End();
        }

        await simulation.TurnsAsync(40);

        Assert.DoesNotContain(simulation.Fleet.Audit, entry => entry.Method == "Rebuild");
        Assert.Null(simulation.Fleet.Engine(simulation.Cluster.Ref).Leader);
        Assert.Equal(nodes.Select(node => (node.Member, Hold.DataGone)), (await HeldAsync(simulation)).Select(held => (held.Member, held.Reason)));
    }

    private static async Task<Simulation> CreatedAsync()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        simulation.Fleet.Audit.Clear();
        return simulation;
    }

    private static Task<IReadOnlyList<Hold>> HeldAsync(Simulation simulation) => simulation.Store.ReadAsync<IReadOnlyList<Hold>>(
        reader => [.. new ClusterViews(simulation.Controller.View, simulation.Time).Of(reader, reader.FindCluster(simulation.Cluster.Id)!).Status.Held.Select(held => held.Hold)], CancellationToken.None);
}
