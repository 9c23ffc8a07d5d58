using Agents.Controller.Application;
using Agents.Controller.Application.Hosts;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>What is done with what is left of a cluster that the store does not know: nothing, until a person says so.</summary>
public sealed class OrphanTests
{
    private static readonly Caller _admin = new("admin", UserRole.Admin, null, "127.0.0.1");

    [Fact]
    public async Task RemoveOrphans_DataNotNamed_StaysAndIsStillShown()
    {
        var simulation = await ForgottenAsync();
        var host = simulation.Fleet.Host("h1");
        var data = host.Volumes.Keys.Where(name => name.EndsWith("-data", StringComparison.Ordinal)).ToList();

        await RemoveAsync(simulation, "h1");
        await simulation.TurnsAsync(10);

        Assert.NotEmpty(data);
        Assert.Empty(host.Containers);
        Assert.Empty(host.Networks);
        Assert.Equal(data, host.Volumes.Keys);
        Assert.Contains(host.Volumes.Values, volume => volume.HasData);
        Assert.NotEmpty(simulation.Fleet.Host("h2").Containers);
        var view = await ViewAsync(simulation, "h1");
        Assert.Equal(data, view.Orphans.Select(orphan => orphan.Name));
        Assert.Empty(view.Leftovers);
    }

    [Fact]
    public async Task RemoveOrphans_DataNamed_NothingIsLeft()
    {
        var simulation = await ForgottenAsync();
        var volumes = (await ViewAsync(simulation, "h1")).Orphans.Where(orphan => orphan.HoldsData).Select(orphan => orphan.Name).ToArray();

        await RemoveAsync(simulation, "h1", volumes);
        await simulation.TurnsAsync(10);

        var host = simulation.Fleet.Host("h1");
        Assert.Equal((0, 0, 0), (host.Containers.Count, host.Volumes.Count, host.Networks.Count));
        Assert.Empty((await ViewAsync(simulation, "h1")).Orphans);
    }

    [Fact]
    public async Task RemoveOrphans_CouldNotBeDone_SaysWhyUntilItIs()
    {
        var simulation = await ForgottenAsync();
        simulation.Fleet.Fault = call => call.Method == nameof(FakeAgent.RemoveNetworkAsync) ? AgentFault.NotSent : null;

        await RemoveAsync(simulation, "h1");
        await simulation.TurnsAsync(10);

        var left = Assert.Single((await ViewAsync(simulation, "h1")).Leftovers);
        Assert.Equal(LeftoverKind.Network, left.Leftover.Kind);
        Assert.NotEmpty(left.Trouble);
        simulation.Fleet.Fault = _ => null;
        await simulation.TurnsAsync(5);
        Assert.Empty((await ViewAsync(simulation, "h1")).Leftovers);
        Assert.Equal("", simulation.Controller.View.TroubleOf(A.Host(1).Id, left.Leftover.Name));
    }

    /// <summary>A cluster that the store takes for deleted, with all that it was made of still there.</summary>
    private static async Task<Simulation> ForgottenAsync()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        simulation.Fleet.Audit.Clear();
        await simulation.WriteAsync(writer =>
        {
            foreach (var instance in writer.ListInstances())
                writer.RemoveInstance(instance.Id);
            var cluster = writer.FindCluster(simulation.Cluster.Id)!;
            Assert.True(writer.UpdateCluster(cluster with { Lifecycle = ClusterLifecycle.Deleted, Generation = cluster.Generation + 1 }, cluster.Generation));
        });
        await simulation.TurnsAsync(4);
        Assert.Empty(simulation.Fleet.Audit); // Nobody has said that it may go.
        return simulation;
    }

    private static Task<HostView> RemoveAsync(Simulation simulation, string host, params string[] destroyData) => new RemoveOrphansHandler(
        simulation.Store, simulation.Controller.View, Views(simulation), new LocalNudge(), simulation.Time).HandleAsync(
        new RemoveOrphans { Project = "", Id = host, DestroyData = destroyData, RequestId = "", Reason = "" }, _admin, CancellationToken.None);

    private static Task<HostView> ViewAsync(Simulation simulation, string host) => simulation.Store.ReadAsync(
        reader => Views(simulation).Of(reader, reader.FindHost("default", host)!), CancellationToken.None);

    private static HostViews Views(Simulation simulation) => new(simulation.Controller.View);
}
