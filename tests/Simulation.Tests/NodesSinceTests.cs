using Agents.Controller.Application;
using Agents.Controller.Application.Hosts;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing.Fleet;
using Agents.Testing.Stores;

namespace Agents.Simulation.Tests;

/// <summary>A copy of the store is put back that knows other nodes of a cluster than it has.</summary>
public sealed class NodesSinceTests
{
    private static readonly Caller _admin = new("admin", UserRole.Admin, null, "127.0.0.1");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Confirm_NodeWasAddedSince_IsOneOfItsNodesAgain(bool leads)
    {
        var simulation = await CreatedAsync(hostCount: 5);
        var copy = simulation.Store.Copy();
        await ScaleAsync(simulation, 1);
        if (leads)
        {
            await simulation.RequestSwitchoverAsync("demo-9");
            await simulation.RunAsync();
        }

        await RestoreAsync(simulation, copy);
        Assert.Contains("the engine lists demo-9, which the controller does not know", (await ConditionsAsync(simulation)).GetValueOrDefault("UnknownMembers"), StringComparison.Ordinal);
        await simulation.ConfirmRestoreAsync();
        await simulation.TurnsAsync(40);

        Assert.Equal(4, (await simulation.InstancesAsync()).Count(instance => instance.Profile.IsNode));
        Assert.Equal(4, (await ClusterAsync(simulation)).Effective.NodeCount);
        Assert.DoesNotContain("UnknownMembers", (await ConditionsAsync(simulation)).Keys);
        Assert.All(ProxyTexts.Of(simulation), text => Assert.Contains("server demo-9 ", text, StringComparison.Ordinal));
        Assert.All(simulation.Fleet.Hosts.SelectMany(host => host.Containers.Values), container => Assert.True(container.IsRunning));
        await simulation.AssertSoundAsync("it was taken over");
        await ScaleAsync(simulation, 1); // Its name is not given out again.
        Assert.Contains("demo-10", (await simulation.InstancesAsync()).Select(instance => instance.Member));
    }

    [Fact]
    public async Task Confirm_NodeWasRemovedSince_IsNoneOfItsNodes()
    {
        var simulation = await CreatedAsync();
        var copy = simulation.Store.Copy();
        await ScaleAsync(simulation, -1);

        await RestoreAsync(simulation, copy);
        await simulation.ConfirmRestoreAsync();
        await simulation.TurnsAsync(40);

        Assert.Equal(["demo-1", "demo-2"], (await simulation.InstancesAsync()).Where(instance => instance.Profile.IsNode).Select(instance => instance.Member).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await ClusterAsync(simulation)).Effective.NodeCount);
        await simulation.AssertSoundAsync("it is gone");
    }

    [Fact]
    public async Task Confirm_NodeWasReplacedSince_TheOneThatThereIsStays()
    {
        var simulation = await CreatedAsync(hostCount: 3);
        var copy = simulation.Store.Copy();
        await ScaleAsync(simulation, -1);
        await ScaleAsync(simulation, 1); // On the same host, with the same ports.

        await RestoreAsync(simulation, copy);
        await simulation.ConfirmRestoreAsync();
        await simulation.TurnsAsync(40);

        Assert.Equal(["demo-1", "demo-2", "demo-9"], (await simulation.InstancesAsync()).Where(instance => instance.Profile.IsNode).Select(instance => instance.Member).Order(StringComparer.Ordinal));
        await simulation.AssertSoundAsync("the other one is there");
    }

    [Theory]
    [InlineData(false)] // The engine lists the node at another address.
    [InlineData(true)] // It was made to list it there; but nobody has ever commanded it of that host.
    public async Task Confirm_AHostThatIsNoneOfTheClustersSaysSo_IsNotBelieved(bool isListed)
    {
        var simulation = await CreatedAsync(hostCount: 5);
        var copy = simulation.Store.Copy();
        await ScaleAsync(simulation, 1);
        var (host, container, _) = await simulation.FindAsync("demo-9");
        var other = simulation.Fleet.Hosts.First(other => other != host && other.Containers.Values.All(there => there.Kind != "postgres"));
        await RestoreAsync(simulation, copy);
        // It shows the same container and the same record.
        other.Containers[container.Name] = container;
        other.Records[container.InstanceId] = host.Records[container.InstanceId];
        foreach (var volume in new[] { $"{container.Name}-data", $"{container.Name}-config" })
            other.Volumes[volume] = host.Volumes[volume];
        other.Networks.TryAdd(container.Blueprint.Network, host.Networks[container.Blueprint.Network]);
        host.Containers.Remove(container.Name);
        simulation.Fleet.Engine(simulation.Cluster.Ref).ListedAt[container.InstanceId] = (isListed ? other : host).Host.ClusterAddress;
        await simulation.TurnsAsync(3);

        await simulation.ConfirmRestoreAsync();

        Assert.Equal(3, (await simulation.InstancesAsync()).Count(instance => instance.Profile.IsNode));
    }

    [Fact]
    public async Task Confirm_ANodeIsOnItsWayOut_TheClusterGoesOn()
    {
        var simulation = await Simulation.StartAsync(durability: Durability.Async);
        await simulation.CreateAsync();
        await simulation.TurnsAsync(10);
        var copy = simulation.Store.Copy();
        var (host, container, leaving) = await simulation.FindAsync("demo-3");
        simulation.Fleet.Fault = call => call.Method == nameof(FakeAgent.StopContainerAsync) ? AgentFault.NotSent : null;
        await simulation.RequestScaleAsync(-1, "demo-3");
        await simulation.TurnsAsync(10); // And then the controller's host has ended.
        Assert.Equal((false, InstanceWant.Stopped), (container.IsRunning, host.Records[leaving.Id].Want));
        simulation.Fleet.Fault = _ => null;

        await RestoreAsync(simulation, copy);
        await simulation.ConfirmRestoreAsync();
        await simulation.TurnsAsync(30);

        Assert.False((await ClusterAsync(simulation)).IsStopped);
        Assert.True((await simulation.FindAsync("demo-1")).Container.IsRunning);
        Assert.True((await simulation.FindAsync("demo-2")).Container.IsRunning);
    }

    [Fact]
    public async Task RemoveOrphans_ContainerOfAClusterThatLives_GoesAndItsDataStays_ButNotWhatLeads()
    {
        var simulation = await CreatedAsync();
        await ScaleAsync(simulation, 1);
        var (host, container, unknown) = await simulation.FindAsync("demo-9");
        await simulation.WriteAsync(writer => writer.RemoveInstance(unknown.Id)); // As a fault of ours would leave it.
        await simulation.TurnsAsync(3);
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        engine.HandOver(unknown.Id);
        await simulation.TurnsAsync(3);
        var refusal = (await Assert.ThrowsAsync<RefusedException>(() => RemoveAsync(simulation, host.Host.Name))).Refusal;
        Assert.Equal(ErrorReasons.NodesNeeded, refusal.Reason);

        engine.HandOver((await simulation.FindAsync("demo-2")).Instance.Id);
        await simulation.TurnsAsync(5);
        await RemoveAsync(simulation, host.Host.Name);
        await simulation.TurnsAsync(20);

        Assert.DoesNotContain(container.Name, host.Containers.Keys);
        Assert.True(host.Volumes[unknown.DataVolume].HasData);
    }

    private static async Task<Simulation> CreatedAsync(int hostCount = 4)
    {
        var simulation = await Simulation.StartAsync(hostCount);
        await simulation.CreateAsync();
        await simulation.TurnsAsync(10);
        return simulation;
    }

    private static async Task ScaleAsync(Simulation simulation, int count)
    {
        var operation = await simulation.RequestScaleAsync(count);
        await simulation.RunAsync();
        Assert.Equal(OperationState.Succeeded, (await simulation.Store.ReadAsync(reader => reader.FindOperation(operation.Id)!, CancellationToken.None)).State);
    }

    private static async Task RestoreAsync(Simulation simulation, InMemoryStore copy)
    {
        simulation.Store = copy;
        await simulation.ReplaceControllerAsync();
        await simulation.TurnsAsync(10);
        Assert.True(simulation.Controller.View.ObserveOnly);
    }

    private static async Task<Cluster> ClusterAsync(Simulation simulation) => (await simulation.Store.ReadAsync(reader => reader.FindCluster(simulation.Cluster.Id), CancellationToken.None))!;

    private static async Task<Dictionary<string, string>> ConditionsAsync(Simulation simulation)
    {
        var view = simulation.Controller.View;
        var names = simulation.Fleet.Hosts.ToDictionary(host => host.Host.Id, host => host.Host.Name);
        var status = ClusterStatusBuilder.Build(await ClusterAsync(simulation), await simulation.InstancesAsync(), names, view.Hosts, view.Cluster(simulation.Cluster.Id), [], simulation.Time.GetUtcNow());
        return status.Conditions.ToDictionary(condition => condition.Type, condition => condition.Message);
    }

    private static Task RemoveAsync(Simulation simulation, string host) =>
        new RemoveOrphansHandler(simulation.Store, simulation.Controller.View, new HostViews(simulation.Controller.View), new LocalNudge(), simulation.Time).HandleAsync(
            new RemoveOrphans { Project = "default", Id = host, DestroyData = [], RequestId = "", Reason = "" }, _admin, CancellationToken.None);
}
