using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>Who took the writes before a stop: what is remembered, and what it gives way to.</summary>
public sealed partial class PowerTests
{
    [Fact]
    public async Task Stop_AReplicasHostIsAwayAndItTakesTheLead_ThatIsNotedWhenItIsBack()
    {
        var simulation = await CreatedAsync();
        var (host, container, _) = await simulation.FindAsync("demo-3");
        simulation.Fleet.LoseLink(host, 60);
        await simulation.TurnsAsync(3);
        var ended = await PowerAsync(simulation, InstancePower.Stopped);
        Assert.Equal((OperationState.Succeeded, "demo-1 is the primary"), (ended.State, ended.Steps[1].Message));

        // Its etcd still had a majority when demo-1 gave the lead up: it takes writes, and nobody sees it.
        simulation.Fleet.Engine(simulation.Cluster.Ref).Pretenders.Add(container.InstanceId);
        simulation.Fleet.Engine(simulation.Cluster.Ref).Timelines[container.InstanceId] = 2;
        await simulation.TurnsAsync(80);

        Assert.False(container.IsRunning);
        Assert.Equal(container.InstanceId, (await ClusterAsync(simulation)).FormerPrimary);
        simulation.Fleet.Engine(simulation.Cluster.Ref).Pretenders.Clear();
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
        Assert.Equal("demo-3", (await ClusterAsync(simulation)).Trash?.Primary?.Member);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StopOrDelete_AnotherTakesTheLeadAfterTheNote_ThatIsNotedBeforeItIsStopped(bool isDelete)
    {
        var simulation = await CreatedAsync();
        var (engine, node) = (simulation.Fleet.Engine(simulation.Cluster.Ref), Container(simulation, "demo-3").InstanceId);
        var asked = 0;
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == nameof(FakeAgent.GetPositionAsync) && ++asked == 4)
                (_, engine.Timelines[node]) = (engine.Pretenders.Add(node), 2); // Each has been asked once.
            return null;
        };

        if (isDelete)
            await simulation.RequestDeleteAsync(purge: false);
        else
            await simulation.RequestPowerAsync(InstancePower.Stopped);
        await simulation.RunAsync();

        var operation = await simulation.Store.ReadAsync(reader => reader.ListOperations(new OperationFilter(null, simulation.Cluster.Id.Value, null, 1))[0], CancellationToken.None);
        Assert.Equal("demo-1 is the primary", operation.Steps[1].Message);
        Assert.Equal(node, (await ClusterAsync(simulation)).FormerPrimary);
        var stops = simulation.Fleet.Audit.Where(entry => entry.Method == "StopContainer").Select(entry => entry.Name).Take(5).ToList();
        Assert.StartsWith("demo-3-", stops[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Async_HostOfThePrimaryIsAway_NobodyElseIsStarted()
    {
        var simulation = await CreatedAsync(Durability.Async);
        await PowerAsync(simulation, InstancePower.Stopped);
        var (host, _, _) = await simulation.FindAsync("demo-1");
        simulation.Fleet.LoseLink(host, 60);
        await simulation.TurnsAsync(3);

        var ended = await PowerAsync(simulation, InstancePower.Running);
        Assert.Equal((OperationState.Failed, ErrorReasons.NoPrimary), (ended.State, ended.Error?.Reason));
        await simulation.TurnsAsync(20);
        Assert.False(Container(simulation, "demo-2").IsRunning || Container(simulation, "demo-3").IsRunning);
        Assert.Contains(simulation.Controller.View.Held(simulation.Cluster.Id), held => held.Hold is { Member: "demo-2", Reason: Hold.StartWaits });

        await simulation.TurnsAsync(100);
        Assert.Equal(Container(simulation, "demo-1").InstanceId, simulation.Fleet.Engine(simulation.Cluster.Ref).Leader);
        Assert.All(Containers(simulation), container => Assert.True(container.IsRunning));
    }

    [Fact]
    public async Task Start_FailedAndStoppedAgain_StillKnowsWhoLed()
    {
        var simulation = await CreatedAsync(Durability.Async);
        await PowerAsync(simulation, InstancePower.Stopped);
        var (host, container, _) = await simulation.FindAsync("demo-1");
        simulation.Fleet.LoseLink(host, 60);
        await simulation.TurnsAsync(3);
        Assert.Equal(OperationState.Failed, (await PowerAsync(simulation, InstancePower.Running)).State);
        await simulation.TurnsAsync(5);
        Container(simulation, "demo-2").Start(); // A replica that somebody starts says that it follows, as it did.
        await simulation.TurnsAsync(2);

        await PowerAsync(simulation, InstancePower.Stopped);

        Assert.Equal(container.InstanceId, (await ClusterAsync(simulation)).FormerPrimary);
    }

    [Fact]
    public async Task Start_FailedAndStoppedAgainWhileNobodyAnswers_NobodyIsGuessed()
    {
        var simulation = await CreatedAsync(Durability.Async);
        await PowerAsync(simulation, InstancePower.Stopped);
        var (away, _, _) = await simulation.FindAsync("demo-1");
        simulation.Fleet.LoseLink(away, 30);
        await simulation.TurnsAsync(3);
        Assert.Equal(OperationState.Failed, (await PowerAsync(simulation, InstancePower.Running)).State);
        await simulation.TurnsAsync(60); // They all run by now, and whoever leads may have been chosen since.
        Assert.All(Containers(simulation), container => Assert.True(container.IsRunning));
        foreach (var host in simulation.Fleet.Hosts)
            simulation.Fleet.LoseLink(host, 100);
        await simulation.TurnsAsync(3);

        await PowerAsync(simulation, InstancePower.Stopped);

        Assert.Null((await ClusterAsync(simulation)).FormerPrimary);
        await simulation.TurnsAsync(150);
        Assert.Equal(Container(simulation, "demo-1").InstanceId, (await ClusterAsync(simulation)).FormerPrimary); // It said so before it was stopped.
        Assert.All(Containers(simulation), container => Assert.False(container.IsRunning));
    }

    [Fact]
    public async Task Delete_OfStopped_RemembersWhoWasPrimary_AndComesBackRunning()
    {
        var simulation = await CreatedAsync();
        simulation.Fleet.Engine(simulation.Cluster.Ref).HandOver(Container(simulation, "demo-3").InstanceId);
        await simulation.TurnsAsync(10);
        await PowerAsync(simulation, InstancePower.Stopped);
        await simulation.ReplaceControllerAsync();
        await simulation.TurnsAsync(5);

        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();

        var deleted = await ClusterAsync(simulation);
        Assert.Equal((ClusterLifecycle.Deleted, "demo-3", null), (deleted.Lifecycle, deleted.Trash?.Primary?.Member, deleted.Stopped));
        await simulation.RequestUndeleteAsync();
        await simulation.RunAsync();
        Assert.Equal(ClusterLifecycle.Active, (await ClusterAsync(simulation)).Lifecycle);
        Assert.Equal(Container(simulation, "demo-3").InstanceId, simulation.Fleet.Engine(simulation.Cluster.Ref).Leader);
    }
}
