using Agents.Controller.Application;
using Agents.Controller.Application.Clusters;
using Agents.Controller.Stores;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Model;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>Who has led a cluster, and why another did, is told by the engine's record and the operations.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task Failovers_OfTheControllerAPersonAndTheEngine_AreToldApart()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.TurnsAsync(20);
        Assert.Empty((await ListAsync(simulation)).Entries);

        (await simulation.FindAsync("demo-1")).Container.End();
        await simulation.TurnsAsync(60);
        await simulation.RequestSwitchoverAsync("demo-3");
        await simulation.RunAsync();
        await simulation.TurnsAsync(20);
        simulation.Fleet.Engine(simulation.Cluster.Ref).Switchover("demo-3", "demo-1"); // As with the engine's own tool.
        await simulation.TurnsAsync(20);

        var told = await ListAsync(simulation);
        Assert.NotNull(told.EngineReadAt);
        Assert.Equal(
            [(4, "demo-3", "demo-1", ""), (3, "demo-2", "demo-3", OperationKinds.PostgresClusterSwitchover), (2, "demo-1", "demo-2", OperationKinds.PostgresClusterFailover)],
            told.Entries.OrderByDescending(entry => entry.Timeline).Select(entry => (entry.Timeline, entry.From, entry.To, entry.Operation?.Kind ?? "")));
        Assert.Contains("no process of demo-1 is left", told.Entries.Single(entry => entry.Timeline == 2).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failovers_AnotherProcessHasBegun_ReadsTheEnginesRecordAgain()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.TurnsAsync(20);
        simulation.Fleet.Engine(simulation.Cluster.Ref).Switchover("demo-1", "demo-2");
        await simulation.TurnsAsync(20);

        await simulation.ReplaceControllerAsync();
        Assert.Null((await ListAsync(simulation)).EngineReadAt);
        await simulation.TurnsAsync(40);

        Assert.Equal((2, "demo-2"), (await ListAsync(simulation)).Entries.Select(entry => (entry.Timeline, entry.To)).Single());
    }

    [Theory]
    [InlineData("""[[2147483645,1,"","","demo-9"]]""")]
    [InlineData("""[[1,1,"","\ud800","demo-2"]]""")]
    [InlineData("{}")]
    public async Task Failovers_RecordIsSpoilt_SaysThatItIsNotKnownAndHarmsNothing(string record)
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.TurnsAsync(20);
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        engine.Switchover("demo-1", "demo-2");
        await simulation.TurnsAsync(1);
        engine.Etcd.Put(PatroniKeys.History(simulation.Cluster.Id), record);
        await simulation.TurnsAsync(20);

        var spoilt = await ListAsync(simulation);
        Assert.Equal((null, 0), (spoilt.EngineReadAt, spoilt.Entries.Length));
        Assert.True(simulation.Controller.View.Cluster(simulation.Cluster.Id)!.IsFresh(simulation.Time.GetUtcNow()));

        engine.Etcd.Put(PatroniKeys.History(simulation.Cluster.Id), """[[1,83886176,"","2026-01-02T03:04:06+00:00","demo-2"]]""");
        await simulation.TurnsAsync(50);
        Assert.Equal((2, "demo-1", "demo-2"), (await ListAsync(simulation)).Entries.Select(entry => (entry.Timeline, entry.From, entry.To)).Single());
    }

    [Fact]
    public async Task Failovers_NoMemberOfEtcdAnswers_NoLookWaitsForThem()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.TurnsAsync(20);
        var count = 0;
        simulation.Fleet.Fault = call => call.Method == nameof(FakeAgent.FindEtcdKeyAsync) && ++count > 0 ? AgentFault.NotSent : null;
        simulation.Fleet.Engine(simulation.Cluster.Ref).Switchover("demo-1", "demo-2");
        await simulation.TurnsAsync(60);

        Assert.Null((await ListAsync(simulation)).EngineReadAt);
        Assert.InRange(count, 9, 3 * 5); // Three members, after 0, 5, 15, 35 seconds.
        Assert.Equal("demo-2", simulation.Controller.View.Cluster(simulation.Cluster.Id)!.Primary);
    }

    [Fact]
    public async Task Turn_TimelineIsKnown_ReadsTheRecordNoMore()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.TurnsAsync(20);
        var count = 0;
        simulation.Fleet.Fault = call =>
        {
            count += call.Method == nameof(FakeAgent.FindEtcdKeyAsync) ? 1 : 0;
            return null;
        };

        await simulation.TurnsAsync(60);

        Assert.Equal(0, count);
    }

    private static Task<ClusterFailovers> ListAsync(Simulation simulation) => new ListPostgresClusterFailoversHandler(simulation.Store, simulation.Controller.View)
        .HandleAsync("", simulation.Cluster.Id.ToString(), new Caller("viewer", UserRole.Viewer, null, "127.0.0.1"), CancellationToken.None);
}
