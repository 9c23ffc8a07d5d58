using Agents.Controller.Stores;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>A primary whose container has ended: another one leads at once where that can cost nothing, and otherwise nothing is done that the engine would not have done.</summary>
public sealed partial class FailoverTests
{
    [Fact]
    public async Task Turn_PrimaryHasEnded_AnotherLeadsAndItComesBackAsAReplica()
    {
        var simulation = await CreatedAsync();
        (await simulation.FindAsync("demo-1")).Container.End();

        await simulation.TurnsAsync(2);

        Assert.Equal("demo-2", await LeaderAsync(simulation));
        await simulation.TurnsAsync(20);
        var operation = Assert.Single(await OperationsAsync(simulation));
        Assert.Equal((OperationState.Succeeded, "controller", "demo-1 led, and its container has ended with code 0"), (operation.State, operation.Origin.Principal, operation.Origin.Reason));
        Assert.Equal(
            ["no process of demo-1 is left, and it is not started for 60 s", "demo-1 leads no more: its lease 1 (revision 101) is void; demo-2, demo-3 hold every acknowledged commit", "demo-2 takes writes", "demo-1 is started again", "durability quorum: a commit waits for one of demo-3"],
            operation.Steps.Select(step => step.Message));
        Assert.Equal("demo-2", await LeaderAsync(simulation));
        await AssertRunsAsync(simulation, "demo-1");
        await simulation.AssertSoundAsync("the primary ended");
    }

    [Fact]
    public async Task Turn_ItsEndIsNotProved_NothingIsTaken()
    {
        var simulation = await CreatedAsync();
        var (host, container, instance) = await simulation.FindAsync("demo-1");
        host.Undead.Add(instance.Id);
        container.End();

        await simulation.TurnsAsync(20);

        Assert.Equal((OperationState.Failed, ErrorReasons.PrimaryRuns), EndOf(Assert.Single(await OperationsAsync(simulation))));
        Assert.DoesNotContain(simulation.Fleet.Audit, entry => entry.Method is "Fence" or "DeleteEtcdKey");
        Assert.Equal("demo-1", await LeaderAsync(simulation));
    }

    [Theory]
    [InlineData("FenceAsync", ErrorReasons.LifeDiffers)]
    [InlineData("FindEtcdKeyAsync", ErrorReasons.ExitNotProved)] // That of the step that takes the key.
    [InlineData("DeleteEtcdKeyAsync", ErrorReasons.ExitNotProved)]
    public async Task Turn_APersonStartsItInBetween_ItsNewLifeKeepsTheLead(string method, string reason)
    {
        var simulation = await CreatedAsync();
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        var (host, container, instance) = await simulation.FindAsync("demo-1");
        container.End();
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == method && container.Starts == 1 && (method == "FenceAsync" || host.Records[instance.Id].FenceId.Length > 0))
            {
                host.Start(container);
                engine.Tick();
            }

            return null;
        };

        await simulation.TurnsAsync(20);

        Assert.Equal((OperationState.Failed, reason), EndOf(Assert.Single(await OperationsAsync(simulation))));
        Assert.Equal(2, container.Starts);
        Assert.Equal("demo-1", await LeaderAsync(simulation));
        Assert.Equal(2, engine.Etcd.Keys[PatroniKeys.Leader(simulation.Cluster.Id)].Lease);
        await AssertRunsAsync(simulation, "demo-1");
    }

    [Fact]
    public async Task Turn_ItRanAgainBeforeItIsLookedAt_ItIsNotFenced()
    {
        var simulation = await CreatedAsync();
        var (host, container, _) = await simulation.FindAsync("demo-1");
        container.End();
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == "GetExitAsync" && container.Starts == 1)
            {
                host.Start(container);
                container.End();
            }

            return null;
        };

        await simulation.TurnsAsync(2);

        Assert.Equal((OperationState.Failed, ErrorReasons.LifeDiffers), EndOf(Assert.Single(await OperationsAsync(simulation))));
        Assert.DoesNotContain(simulation.Fleet.Audit, entry => entry.Method is "Fence" or "DeleteEtcdKey");
    }

    [Fact]
    public async Task Turn_NobodyHoldsEveryCommit_TheOldOneIsStartedAgain()
    {
        var simulation = await CreatedAsync();
        (await simulation.FindAsync("demo-3")).Host.IsLinked = false; // One of two that must agree.
        (await simulation.FindAsync("demo-1")).Container.End();

        await simulation.TurnsAsync(10);

        Assert.Equal((OperationState.Failed, ErrorReasons.NoCandidate), EndOf(Assert.Single(await OperationsAsync(simulation))));
        Assert.DoesNotContain(simulation.Fleet.Audit, entry => entry.Method == "DeleteEtcdKey");
        Assert.Equal("demo-1", await LeaderAsync(simulation));
        await AssertRunsAsync(simulation, "demo-1");
    }

    [Theory]
    [InlineData("a switchover is pending", ErrorReasons.SwitchoverPending)]
    [InlineData("the others are far behind", ErrorReasons.NoCandidate)]
    [InlineData("etcd has no quorum", ErrorReasons.NoQuorum)]
    [InlineData("it has given up the lead itself, and the others are far behind", ErrorReasons.NoCandidate)]
    public async Task Turn_NobodyWouldBeChosen_NothingIsFenced(string what, string reason)
    {
        var simulation = await CreatedAsync();
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        var keys = engine.Etcd.Keys;
        switch (what)
        {
            case "a switchover is pending":
                engine.Etcd.Put(PatroniKeys.Failover(simulation.Cluster.Id), """{"leader":"demo-1","member":"demo-3","scheduled_at":"2026-03-02T01:00:00+00:00"}""");
                break;
            case "the others are far behind":
                engine.Laggards.UnionWith((await simulation.InstancesAsync()).Where(instance => instance.Profile.IsNode).Select(instance => instance.Id));
                break;
            case "etcd has no quorum":
                (await simulation.FindAsync("demo-etcd-5")).Container.End();
                (await simulation.FindAsync("demo-etcd-6")).Container.End();
                simulation.Fleet.Tick();
                break;
            default:
                engine.Laggards.UnionWith((await simulation.InstancesAsync()).Where(instance => instance.Profile.IsNode).Select(instance => instance.Id));
                keys.Remove(PatroniKeys.Leader(simulation.Cluster.Id));
                break;
        }

        (await simulation.FindAsync("demo-1")).Container.End();

        await simulation.TurnsAsync(2);

        Assert.Equal((OperationState.Failed, reason), EndOf(Assert.Single(await OperationsAsync(simulation))));
        Assert.DoesNotContain(simulation.Fleet.Audit, entry => entry.Method is "Fence" or "DeleteEtcdKey");
    }

    [Theory]
    [InlineData("FenceAsync", true)]
    [InlineData("GetExitAsync", false)]
    [InlineData("DeleteEtcdKeyAsync", true)]
    [InlineData("ReleaseAsync", true)]
    [InlineData("ReleaseAsync", false)]
    public async Task Turn_ACallIsLost_OneLeadsAndNothingStaysFenced(string method, bool isDone)
    {
        var simulation = await CreatedAsync();
        var isLost = false;
        simulation.Fleet.Fault = call =>
        {
            if (isLost || call.Method != method)
                return null;
            isLost = true;
            return isDone ? AgentFault.AnswerLost : AgentFault.NotSent;
        };
        (await simulation.FindAsync("demo-1")).Container.End();

        await simulation.TurnsAsync(80);

        Assert.True(isLost);
        Assert.NotNull(await LeaderAsync(simulation));
        await AssertRunsAsync(simulation, "demo-1");
        Assert.All(await OperationsAsync(simulation), operation => Assert.True(operation.IsDone));
        await simulation.AssertSoundAsync($"{method} {isDone}");
    }

    [Fact]
    public async Task Turn_SeenAsBeforeRightAfterOne_NoOtherBegins()
    {
        var simulation = await CreatedAsync();
        (await simulation.FindAsync("demo-1")).Container.End();
        await simulation.TurnsAsync(8);
        Assert.Equal("demo-2", await LeaderAsync(simulation));

        (await simulation.FindAsync("demo-2")).Container.End();
        await simulation.TurnsAsync(3);

        Assert.Single(await OperationsAsync(simulation));
        await simulation.TurnsAsync(40);
        Assert.NotNull(await LeaderAsync(simulation));
    }

    [Fact]
    public async Task Turn_FailoverIsPaused_NothingIsDone()
    {
        var simulation = await CreatedAsync();
        simulation.Fleet.Engine(simulation.Cluster.Ref).IsPaused = true;
        await simulation.TurnsAsync(10);
        (await simulation.FindAsync("demo-1")).Container.End();

        await simulation.TurnsAsync(20);

        Assert.Empty(await OperationsAsync(simulation));
        Assert.Equal("demo-1", await LeaderAsync(simulation));
    }

    [Fact]
    public async Task Turn_AReplicaHasEnded_NothingIsDone()
    {
        var simulation = await CreatedAsync();
        (await simulation.FindAsync("demo-2")).Container.End();

        await simulation.TurnsAsync(20);

        Assert.Empty(await OperationsAsync(simulation));
        Assert.Equal("demo-1", await LeaderAsync(simulation));
    }

    [Fact]
    public async Task Turn_HostOfThePrimaryIsAway_NothingIsDone()
    {
        var simulation = await CreatedAsync();
        var (host, container, _) = await simulation.FindAsync("demo-1");
        container.End();
        host.IsLinked = false;

        await simulation.TurnsAsync(4);

        Assert.Empty(await OperationsAsync(simulation));
    }

    [Fact]
    public async Task Turn_LinkIsCutAfterTheFence_ItEndsByItself()
    {
        var simulation = await CreatedAsync();
        var (host, container, instance) = await simulation.FindAsync("demo-1");
        container.End();
        simulation.Controller.Process.KillAt = simulation.Controller.Process.PointCount + 8; // In the middle of it.
        await simulation.TurnAsync();
        host.IsLinked = false;

        await simulation.TurnsAsync(100);

        Assert.Equal("", host.Records[instance.Id].FenceId);
        Assert.NotNull(await LeaderAsync(simulation));
        Assert.DoesNotContain(await OperationsAsync(simulation), operation => !operation.IsDone);
    }

    [Fact]
    public async Task Turn_ControllerDiesAtEveryPoint_OneLeadsAndNothingIsFenced()
    {
        for (var point = 1; point <= 16; point++)
        {
            var simulation = await CreatedAsync();
            (await simulation.FindAsync("demo-1")).Container.End();
            simulation.Controller.Process.KillAt = simulation.Controller.Process.PointCount + point;

            await simulation.TurnsAsync(80);

            Assert.NotNull(await LeaderAsync(simulation));
            Assert.All(simulation.Fleet.Hosts.SelectMany(host => host.Records.Values), record => Assert.Equal("", record.FenceId));
            Assert.All(await OperationsAsync(simulation), operation => Assert.True(operation.IsDone));
            await AssertRunsAsync(simulation, "demo-1");
            await simulation.AssertSoundAsync($"killed at {point}: {simulation.Deaths}");
        }
    }

    private static async Task<Simulation> CreatedAsync()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.TurnsAsync(10);
        Assert.Equal("demo-1", await LeaderAsync(simulation));
        return simulation;
    }

    private static (OperationState State, string? Reason) EndOf(Operation operation) => (operation.State, operation.Error?.Reason);

    private static async Task<string?> LeaderAsync(Simulation simulation)
    {
        var leader = simulation.Fleet.Engine(simulation.Cluster.Ref).Leader;
        return (await simulation.InstancesAsync()).SingleOrDefault(instance => instance.Id == leader)?.Member;
    }

    private static async Task AssertRunsAsync(Simulation simulation, string member)
    {
        var (host, container, instance) = await simulation.FindAsync(member);
        Assert.True(container.IsRunning);
        Assert.Equal("", host.Records[instance.Id].FenceId);
    }

    private static async Task<IReadOnlyList<Operation>> OperationsAsync(Simulation simulation) => await simulation.Store.ReadAsync<IReadOnlyList<Operation>>(
        reader => [.. reader.ListOperations(new OperationFilter(null, null, null, 100)).Where(operation => operation.Kind == OperationKinds.PostgresClusterFailover)], CancellationToken.None);
}
