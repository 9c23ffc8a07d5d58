using Agents.Controller.Application.Clusters;
using Agents.Controller.Execution.Engines.Patroni;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>Whom a controller asks about a cluster, and that it misses nothing where it asks nobody.</summary>
public sealed class ObservationTests
{
    private const string Asks = nameof(IPatroniAgent.GetPatroniClusterAsync);

    [Fact]
    public async Task Turn_ClusterAtRest_AsksNobodyAndKnowsItAllTheSame()
    {
        var simulation = await AtRestAsync();
        var calls = Record(simulation);

        await simulation.TurnsAsync(60);

        Assert.Empty(calls);
        Assert.Equal("running", (await StatusAsync(simulation)).Phase);
        Assert.InRange(simulation.Time.GetUtcNow() - Seen(simulation).ObservedAt, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Turn_AgentThatTellsNothing_AllNodesAreAskedNowAndThen()
    {
        var simulation = await AtRestAsync();
        simulation.Fleet.Find(await PrimaryAsync(simulation))!.IsMute = true;
        await simulation.TurnsAsync(10); // What it told holds for 8 s.
        var calls = Record(simulation);

        await simulation.TurnsAsync(60);

        Assert.All(calls, call => Assert.Equal(Asks, call.Method));
        Assert.InRange(calls.Count, 3 * 19, 3 * 22);
        Assert.Equal("running", (await StatusAsync(simulation)).Phase);
    }

    [Fact]
    public async Task Turn_ContainerOfANodeEnds_AsksAllOfThatClusterAtOnce()
    {
        var simulation = await AtRestAsync();
        var (_, container, _) = await simulation.FindAsync("demo-3");
        var calls = Record(simulation);
        container.End();

        await simulation.Controller.TurnAsync();

        Assert.Equal(3, calls.Count(call => call.Method == Asks));
        Assert.Equal(NodeSight.Kind.Silent, Assert.Single(Seen(simulation).Nodes, node => node.Member == "demo-3").Answer);
    }

    [Fact]
    public async Task Turn_WhatNoEngineDependsOnChanges_AsksNobody()
    {
        var simulation = await AtRestAsync();
        var (_, container, _) = await simulation.FindAsync("demo-proxy-7");
        var calls = Record(simulation);
        container.End();

        await simulation.Controller.TurnAsync();

        Assert.DoesNotContain(calls, call => call.Method == Asks);
    }

    [Fact]
    public async Task Turn_StormOfChanges_LooksNoMoreOftenThanTheLeastPauseAllows()
    {
        var simulation = await AtRestAsync();
        var (host, container, _) = await simulation.FindAsync("demo-3");
        var calls = Record(simulation);

        for (var moment = 0; moment < 200; moment++)
        {
            if (container.IsRunning)
                container.End();
            else
                container.Start();
            await simulation.Controller.TurnAsync();
            simulation.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        // Two seconds: one at once, and one after each pause of 200 ms.
        Assert.InRange(calls.Count(call => call.Method == Asks && call.Host == host), 8, 11);
    }

    [Fact]
    public async Task Turn_LeadHandedOverWithinTheEngine_IsSeenAsSoonAsItIsTold()
    {
        var simulation = await AtRestAsync();
        var (_, _, next) = await simulation.FindAsync("demo-3");
        Assert.DoesNotContain("demo-3", Seen(simulation).Leaders);
        simulation.Fleet.Engine(simulation.Cluster.Ref).HandOver(next.Id);

        await simulation.Controller.TurnAsync();

        Assert.Equal(["demo-3"], Seen(simulation).Leaders);
        Assert.Equal("demo-3", Assert.Single((await StatusAsync(simulation)).Nodes, node => node.Role == "primary").Instance.Member);
    }

    [Fact]
    public async Task Turn_ReplicaPromotedByAPerson_TwoPrimariesAreSeenAsSoonAsItIsTold()
    {
        var simulation = await AtRestAsync();
        var (_, _, promoted) = await simulation.FindAsync("demo-2");
        simulation.Fleet.Engine(simulation.Cluster.Ref).Pretenders.Add(promoted.Id);

        await simulation.Controller.TurnAsync();

        Assert.Contains((await StatusAsync(simulation)).Conditions, condition => condition is { Type: "TwoPrimaries", Status: true } && condition.Message.Contains("demo-2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Turn_ReplicaStreamsNoMore_IsSeenAsSoonAsItIsTold()
    {
        var simulation = await AtRestAsync();
        var (_, container, _) = await simulation.FindAsync("demo-3");
        container.Age = 0;

        await simulation.Controller.TurnAsync();

        var converged = Assert.Single((await StatusAsync(simulation)).Conditions, condition => condition.Type == "Converged");
        Assert.False(converged.Status);
        Assert.Contains("demo-3", converged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turn_LeadHandedOverAndNobodyTellsIt_IsSeenWithinSeconds()
    {
        var simulation = await AtRestAsync();
        foreach (var host in simulation.Fleet.Hosts)
            host.IsMute = true;
        await simulation.TurnsAsync(10); // What was told holds for 8 s.
        var (_, _, next) = await simulation.FindAsync("demo-3");
        simulation.Fleet.Engine(simulation.Cluster.Ref).HandOver(next.Id);

        await simulation.TurnsAsync(4);

        Assert.Equal(["demo-3"], Seen(simulation).Leaders);
    }

    [Fact]
    public async Task Turn_FormerPrimaryComesBackOnAHostThatWasCutOff_TwoPrimariesAreSeenAtOnce()
    {
        var simulation = await AtRestAsync();
        var (former, _, instance) = await simulation.FindAsync("demo-1");
        var (_, _, next) = await simulation.FindAsync("demo-2");
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        engine.HandOver(next.Id);
        engine.Pretenders.Add(instance.Id);
        former.IsLinked = false;
        await simulation.TurnsAsync(20);
        Assert.DoesNotContain((await StatusAsync(simulation)).Conditions, condition => condition.Type == "TwoPrimaries");

        former.IsLinked = true;
        await simulation.TurnsAsync(2);

        Assert.Contains((await StatusAsync(simulation)).Conditions, condition => condition is { Type: "TwoPrimaries", Status: true });
    }

    [Fact]
    public async Task Turn_LinkOfThePrimarysHostLost_IsUnknownAtOnceAndNotWhatItLastSaid()
    {
        var simulation = await AtRestAsync();
        simulation.Fleet.Find(await PrimaryAsync(simulation))!.IsLinked = false;

        await simulation.Controller.TurnAsync();

        var writable = (await StatusAsync(simulation)).Conditions[0];
        Assert.Equal((null, "PrimaryOutOfSight"), (writable.Status, writable.Reason));
    }

    [Fact]
    public async Task Turn_NoNodeAnswersForLong_EndsAllTheSame()
    {
        var simulation = await AtRestAsync();
        var never = new TaskCompletionSource();
        simulation.Fleet.Hold = (_, method) => method == Asks ? never.Task : null;

        await simulation.TurnsAsync(40); // Each of these turns ends, though the look at the cluster does not.

        Assert.True(simulation.Time.GetUtcNow() - Seen(simulation).ObservedAt > TimeSpan.FromSeconds(30));
        simulation.Fleet.Hold = (_, _) => null;
        never.SetResult(); // The look ends by itself, beside the turns.
        await FreshAsync(simulation).DefaultTimeout();
    }

    private static async Task FreshAsync(Simulation simulation)
    {
        while (simulation.Time.GetUtcNow() - Seen(simulation).ObservedAt > TimeSpan.FromSeconds(5))
        {
            await Task.Yield();
            await simulation.TurnAsync();
        }
    }

    private static async Task<Simulation> AtRestAsync()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.TurnsAsync(10);
        Assert.True(Seen(simulation).IsAtRest(3));
        return simulation;
    }

    private static ClusterObservation Seen(Simulation simulation) => simulation.Controller.View.Cluster(simulation.Cluster.Id)!;

    private static Task<ClusterStatus> StatusAsync(Simulation simulation) => simulation.Store.ReadAsync(
        reader => new ClusterViews(simulation.Controller.View, simulation.Time).Of(reader, reader.FindCluster(simulation.Cluster.Id)!).Status, CancellationToken.None);

    private static List<AgentCall> Record(Simulation simulation)
    {
        var calls = new List<AgentCall>();
        simulation.Fleet.Fault = call =>
        {
            calls.Add(call);
            return null;
        };
        return calls;
    }

    private static async Task<HostId> PrimaryAsync(Simulation simulation) => (await StatusAsync(simulation)).Nodes.Single(node => node.Role == "primary").Instance.HostId;
}
