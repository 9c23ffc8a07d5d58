using Agents.Controller.Application;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing.Fleet;
using Agents.Testing.Stores;

namespace Agents.Simulation.Tests;

/// <summary>A cluster is stopped, stays so, and is started again.</summary>
public sealed partial class PowerTests
{
    [Fact]
    public async Task Stop_EverythingEnds_ThePrimaryLastOfTheNodes_AndStaysSo()
    {
        var simulation = await CreatedAsync();
        simulation.Fleet.Audit.Clear();

        var ended = await PowerAsync(simulation, InstancePower.Stopped);

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Equal("demo-1 is the primary", ended.Steps[1].Message);
        var stops = simulation.Fleet.Audit.Where(entry => entry.Method == "StopContainer").Select(entry => entry.Name).Take(8).ToList(); // Who is seen to end only later is stopped once more.
        Assert.Equal([.. "ppnnneee"], stops.Select(name => name.Contains("proxy", StringComparison.Ordinal) ? 'p' : name.Contains("etcd", StringComparison.Ordinal) ? 'e' : 'n'));
        Assert.StartsWith("demo-1-", stops[4], StringComparison.Ordinal);
        await simulation.TurnsAsync(60);
        await simulation.ReplaceControllerAsync();
        await simulation.TurnsAsync(60);
        Assert.All(Containers(simulation), container => Assert.False(container.IsRunning));
        Assert.DoesNotContain(simulation.Fleet.Audit, entry => entry.Method is "StartContainer" or "CreateContainer");
        await simulation.AssertSoundAsync("it is stopped");
    }

    [Fact]
    public async Task Start_FormerPrimaryLeadsAgain_AndTheOthersFollow()
    {
        var simulation = await CreatedAsync();
        simulation.Fleet.Engine(simulation.Cluster.Ref).HandOver(Container(simulation, "demo-3").InstanceId);
        await simulation.TurnsAsync(10);
        await PowerAsync(simulation, InstancePower.Stopped);

        var ended = await PowerAsync(simulation, InstancePower.Running);

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Equal(["demo-3 takes writes", "2 of 2 replicas stream"], [ended.Steps[3].Message, ended.Steps[5].Message]);
        await simulation.TurnsAsync(10);
        Assert.All(Containers(simulation), container => Assert.True(container.IsRunning));
        Assert.All(Containers(simulation).Where(container => container.Kind == "haproxy"), proxy => Assert.True(proxy.Servers["read_write/demo-3"]));
        Assert.Null((await ClusterAsync(simulation)).Stopped);
        await simulation.AssertSoundAsync("it runs again");
    }

    [Fact]
    public async Task Stop_HostIsAway_WhatItHasIsStoppedInOrderWhenItIsBack()
    {
        var simulation = await CreatedAsync();
        var (host, primary, _) = await simulation.FindAsync("demo-1");
        simulation.Fleet.LoseLink(host, 40);
        await simulation.TurnsAsync(3);

        var ended = await PowerAsync(simulation, InstancePower.Stopped);
        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Contains($"away, to be done when they return: {host.Host.Name}", ended.Steps[2].Message, StringComparison.Ordinal);
        Assert.True(primary.IsRunning);
        simulation.Fleet.Audit.Clear();

        await simulation.TurnsAsync(80);

        Assert.All(Containers(simulation), container => Assert.False(container.IsRunning));
        var stops = simulation.Fleet.Audit.Where(entry => entry.Method == "StopContainer").Select(entry => entry.Name).ToList();
        Assert.True(stops.FindIndex(name => name == primary.Name) < stops.FindIndex(name => name.Contains("etcd", StringComparison.Ordinal)), string.Join(", ", stops));
    }

    [Fact]
    public async Task Stopped_SomebodyStartsANode_IsStoppedAgain()
    {
        var simulation = await CreatedAsync();
        await PowerAsync(simulation, InstancePower.Stopped);
        Container(simulation, "demo-2").Start();

        await simulation.TurnsAsync(10);

        Assert.False(Container(simulation, "demo-2").IsRunning);
    }

    [Fact]
    public async Task Start_HostOfThePrimaryIsAway_AnotherLeadsThatHasAllThatWasAcknowledged()
    {
        var simulation = await CreatedAsync();
        await PowerAsync(simulation, InstancePower.Stopped);
        var (host, _, _) = await simulation.FindAsync("demo-1");
        simulation.Fleet.LoseLink(host, 100);
        await simulation.TurnsAsync(3);

        var ended = await PowerAsync(simulation, InstancePower.Running);

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Equal($"demo-1, which led, is on {host.Host.Name}, which is away: the engine chooses among the others", ended.Steps[3].Message);
        Assert.Equal(Container(simulation, "demo-2").InstanceId, simulation.Fleet.Engine(simulation.Cluster.Ref).Leader);
        await simulation.TurnsAsync(120);
        Assert.All(Containers(simulation), container => Assert.True(container.IsRunning));
    }

    [Fact]
    public async Task Start_HostOfThePrimaryIsAwayAndNobodyElseMayLead_EndsSoonAndGoesOnWhenItIsBack()
    {
        var simulation = await CreatedAsync();
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        engine.IsObstinate = true;
        engine.Overlooked.UnionWith([Container(simulation, "demo-2").InstanceId, Container(simulation, "demo-3").InstanceId]);
        await simulation.TurnsAsync(3);
        await PowerAsync(simulation, InstancePower.Stopped);
        var (host, _, _) = await simulation.FindAsync("demo-1");
        simulation.Fleet.LoseLink(host, 200);
        await simulation.TurnsAsync(3);

        var ended = await PowerAsync(simulation, InstancePower.Running);

        Assert.Equal((OperationState.Failed, ErrorReasons.NoPrimary), (ended.State, ended.Error?.Reason));
        Assert.Contains($"what is on {host.Host.Name} is started when that is back", ended.Error!.Message, StringComparison.Ordinal);
        Assert.Null(simulation.Fleet.Engine(simulation.Cluster.Ref).Leader);
        await simulation.TurnsAsync(250);
        Assert.Equal(Container(simulation, "demo-1").InstanceId, simulation.Fleet.Engine(simulation.Cluster.Ref).Leader);
        Assert.All(Containers(simulation), container => Assert.True(container.IsRunning));
    }

    [Fact]
    public async Task Start_MemberThatWasNeverFinished_IsLeftAlone()
    {
        var simulation = await CreatedAsync();
        await PowerAsync(simulation, InstancePower.Stopped);
        var (_, _, instance) = await simulation.FindAsync("demo-etcd-5");
        await simulation.WriteAsync(writer => writer.UpdateInstance(writer.ListInstances(simulation.Cluster.Ref).Single(member => member.Id == instance.Id) with { Initialised = false }));
        simulation.Fleet.Audit.Clear();

        var ended = await PowerAsync(simulation, InstancePower.Running);

        Assert.Equal((OperationState.Succeeded, "2 members agree"), (ended.State, ended.Steps[2].Message));
    }

    [Fact]
    public async Task Start_ReplicasDataIsGone_ComesFromThePrimary()
    {
        var simulation = await CreatedAsync();
        await PowerAsync(simulation, InstancePower.Stopped);
        var (host, container, instance) = await simulation.FindAsync("demo-2");
        host.Volumes[instance.DataVolume].HasData = false;

        var ended = await PowerAsync(simulation, InstancePower.Running);

        Assert.Equal((OperationState.Succeeded, "2 of 2 replicas stream"), (ended.State, ended.Steps[5].Message));
        Assert.True(container.IsRunning && host.Volumes[instance.DataVolume].HasData);
    }

    [Fact]
    public async Task Power_ControllerDiesAtEveryPoint_EndsAsItWasMeant()
    {
        for (var point = 1; point <= 30; point++)
        {
            var simulation = await CreatedAsync();
            foreach (var power in new[] { InstancePower.Stopped, InstancePower.Running })
            {
                simulation.Controller.Process.KillAt = simulation.Controller.Process.PointCount + point;
                var isBegun = await TryAsync(simulation, power);
                await simulation.TurnsAsync(80);

                var isStopped = (await ClusterAsync(simulation)).Stopped is not null;
                Assert.Equal(isBegun ? power == InstancePower.Stopped : power != InstancePower.Stopped, isStopped);
                Assert.True(Containers(simulation).All(container => container.IsRunning == !isStopped), $"killed at {point} of {power}: {simulation.Deaths}");
                await simulation.AssertSoundAsync($"killed at {point} of {power}: {simulation.Deaths}");
                if (!isBegun)
                    break;
                Assert.Equal(isStopped ? null : Container(simulation, "demo-1").InstanceId, simulation.Fleet.Engine(simulation.Cluster.Ref).Leader);
            }
        }
    }

    [Fact]
    public async Task Switchover_OfAStoppedCluster_IsRefused()
    {
        var simulation = await CreatedAsync();
        await simulation.RequestPowerAsync(InstancePower.Stopped);
        await simulation.RunAsync();
        simulation.Controller.View.Report(simulation.Controller.View.Cluster(simulation.Cluster.Id)! with { ObservedAt = simulation.Time.GetUtcNow() }); // What was seen before the stop counts for a while.

        Assert.Equal(ErrorReasons.NoPrimary, (await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestSwitchoverAsync())).Refusal.Reason);
        Assert.Equal(ErrorReasons.NoPrimary, (await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestRestartAsync())).Refusal.Reason);
    }

    [Fact]
    public async Task Start_OfWhatRuns_IsRefused()
    {
        var simulation = await CreatedAsync();

        Assert.Equal(ErrorReasons.NotStopped, (await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestPowerAsync(InstancePower.Running))).Refusal.Reason);
    }

    [Fact]
    public async Task Start_MostHostsAreAway_IsRefusedAndNamesThem()
    {
        var simulation = await CreatedAsync();
        await PowerAsync(simulation, InstancePower.Stopped);
        foreach (var host in simulation.Fleet.Hosts.Take(2))
            simulation.Fleet.LoseLink(host, 100);
        await simulation.TurnsAsync(5);

        var refusal = (await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestPowerAsync(InstancePower.Running))).Refusal;

        Assert.Equal(ErrorReasons.HostsAway, refusal.Reason);
        Assert.Contains(string.Join(", ", simulation.Fleet.Hosts.Take(2).Select(host => host.Host.Name)), refusal.Message, StringComparison.Ordinal);
        Assert.NotNull((await ClusterAsync(simulation)).Stopped);
    }

    private static async Task<Operation> PowerAsync(Simulation simulation, InstancePower power)
    {
        var operation = await simulation.RequestPowerAsync(power);
        await simulation.RunAsync();
        return await simulation.Store.ReadAsync(reader => reader.FindOperation(operation.Id)!, CancellationToken.None);
    }

    private static async Task<bool> TryAsync(Simulation simulation, InstancePower power)
    {
        try
        {
            await simulation.RequestPowerAsync(power);
            return true;
        }
        catch (SimulatedCrashException)
        {
            return false;
        }
    }

    private static Task<Cluster> ClusterAsync(Simulation simulation) => simulation.Store.ReadAsync(reader => reader.FindCluster(simulation.Cluster.Id)!, CancellationToken.None);

    private static IEnumerable<FakeContainer> Containers(Simulation simulation) => simulation.Fleet.Hosts.SelectMany(host => host.Containers.Values);

    private static FakeContainer Container(Simulation simulation, string member) => Containers(simulation).Single(container => container.Member == member);

    private static async Task<Simulation> CreatedAsync(Durability durability = Durability.Quorum)
    {
        var simulation = await Simulation.StartAsync(durability: durability);
        await simulation.CreateAsync();
        await simulation.TurnsAsync(10);
        return simulation;
    }
}
