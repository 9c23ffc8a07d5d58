using Agents.Controller.Application;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>Replicas are added and taken out because somebody asks for it.</summary>
public sealed partial class ScaleTests
{
    [Fact]
    public async Task Add_GoesToTheFreeHost_CopiesAndIsKnownToTheProxies()
    {
        var simulation = await CreatedAsync(hostCount: 4);
        var before = await simulation.InstancesAsync();

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(1));

        Assert.Equal(OperationState.Succeeded, ended.State);
        var added = Assert.Single((await simulation.InstancesAsync()).ExceptBy(before.Select(instance => instance.Id), instance => instance.Id));
        Assert.Equal(("demo-9", "h4", true), (added.Member, simulation.Fleet.Find(added.HostId)!.Host.Name, added.Initialised));
        Assert.Equal(["h4: demo-9", "demo-9 on h4", "1 of 1 replicas stream"], [ended.Steps[0].Message, ended.Steps[3].Message, ended.Steps[6].Message]);
        Assert.Equal((4, 4), await CountsAsync(simulation));
        AssertProxiesKnow(simulation, "demo-1", "demo-2", "demo-3", "demo-9");
        await simulation.AssertSoundAsync("one was added");
    }

    [Fact]
    public async Task Add_NoHostHasRoom_IsRefusedWithTheReasonsBeforeItBegins()
    {
        var simulation = await CreatedAsync();

        var refusal = (await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestScaleAsync(1))).Refusal;

        Assert.Equal(ErrorReasons.NoPlacement, refusal.Reason);
        Assert.Contains("h1: it has one of the nodes already", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((3, 3), await CountsAsync(simulation));
    }

    [Fact]
    public async Task Add_SomethingElseHoldsThePort_IsPlannedAround()
    {
        var simulation = await CreatedAsync(hostCount: 4);
        simulation.Fleet.Host("h4").TakenPorts.Add(20000);

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(1));

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.DoesNotContain(20000, (await simulation.InstancesAsync()).Single(instance => instance.Member == "demo-9").Ports.Values);
        await simulation.AssertSoundAsync("a port was taken");
    }

    [Fact]
    public async Task Add_CannotBeMade_IsTakenBackWithAllThatThereIsOfIt()
    {
        var simulation = await CreatedAsync(hostCount: 4);
        var before = await simulation.InstancesAsync();
        var h4 = simulation.Fleet.Host("h4");
        var held = (h4.Volumes.Count, h4.Containers.Count, h4.Networks.Count, h4.Records.Count);
        simulation.Fleet.Refusal = call => call.Method == nameof(FakeAgent.CreateContainerAsync) ? FakeAgentRules.Refused(ErrorReasons.InvalidArgument, "no such runtime") : null;

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(1));

        Assert.Equal(OperationState.Failed, ended.State);
        Assert.Equal("no such runtime; the cluster has its 3 nodes as before", ended.Error!.Message);
        Assert.Equal(before.Select(instance => instance.Id), (await simulation.InstancesAsync()).Select(instance => instance.Id));
        Assert.Equal((3, 3), await CountsAsync(simulation));
        Assert.Equal(held, (h4.Volumes.Count, h4.Containers.Count, h4.Networks.Count, h4.Records.Count));
        await simulation.AssertSoundAsync("it was taken back");
    }

    [Fact]
    public async Task Add_OneIsStartedAndAnotherCannotBe_NoneIsTakenBack()
    {
        var simulation = await CreatedAsync(hostCount: 5);
        simulation.Fleet.Refusal = call =>
            call.Method == nameof(FakeAgent.SetWantAsync) && call.Host.Host.Name == "h5" ? FakeAgentRules.Refused(ErrorReasons.InvalidArgument, "no such runtime") : null;

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(2));

        Assert.Equal((OperationState.Failed, "no such runtime; they are made all the same, as soon as that can be: look at the cluster"), (ended.State, ended.Error!.Message));
        Assert.Equal((5, 5), await CountsAsync(simulation)); // One of them may have confirmed what nobody else has.
        simulation.Fleet.Refusal = _ => null;
        await simulation.TurnsAsync(60);
        Assert.Equal(4, simulation.Fleet.Engine(simulation.Cluster.Ref).Sender().Replicas.Count(replica => replica.State == "streaming"));
    }

    [Fact]
    public async Task Add_WayIsBlocked_IsRefusedAndTakenBack()
    {
        var simulation = await CreatedAsync(hostCount: 4);
        simulation.Fleet.Blocked.Add(("h1", "h4"));

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(1));

        Assert.Equal((OperationState.Failed, ErrorReasons.PortBlocked), (ended.State, ended.Error?.Reason));
        Assert.Contains("h1 → h4:", ended.Error!.Message, StringComparison.Ordinal);
        Assert.Equal((3, 3), await CountsAsync(simulation));
    }

    [Fact]
    public async Task Add_AHostOfTheClusterIsAway_IsMadeAllTheSame()
    {
        var simulation = await CreatedAsync(hostCount: 4);
        var (host, container, _) = await simulation.FindAsync("demo-3");
        container.IsFrozen = true; // Its host has lost its power.
        simulation.Fleet.LoseLink(host, 300);
        await simulation.TurnsAsync(20);

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(1));

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Equal("h4", simulation.Fleet.Find((await simulation.InstancesAsync()).Single(instance => instance.Member == "demo-9").HostId)!.Host.Name);
    }

    [Theory]
    [InlineData(-1, "demo-1", ErrorReasons.NodesNeeded, "demo-1 is the primary: hand the lead over first")]
    [InlineData(-1, "demo-7", ErrorReasons.InvalidArgument, "has no node \"demo-7\" (demo-1, demo-2, demo-3)")]
    [InlineData(-2, "", ErrorReasons.NodesNeeded, "at least 2 nodes stay")]
    [InlineData(-3, "", ErrorReasons.InvalidArgument, "the cluster has 2 replicas, and its primary stays")]
    [InlineData(7, "", ErrorReasons.InvalidArgument, "the cluster would have 10 nodes")]
    public async Task Scale_ToWhatCannotBe_IsRefusedBeforeItBegins(int count, string node, string reason, string message)
    {
        var simulation = await CreatedAsync();

        var refusal = (await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestScaleAsync(count, node.Length == 0 ? [] : [node]))).Refusal;

        Assert.Equal(reason, refusal.Reason);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal((3, 3), await CountsAsync(simulation));
    }

    [Fact]
    public async Task Add_NetworkOfAnEarlierNodeWasToGo_IsKept()
    {
        var simulation = await CreatedAsync(hostCount: 10);
        await EndAsync(simulation, await simulation.RequestScaleAsync(1));
        var (host, _, _) = await simulation.FindAsync("demo-9");
        Assert.Single(host.Containers);
        simulation.Fleet.Refusal = call => call.Method == nameof(FakeAgent.RemoveNetworkAsync) ? FakeAgentRules.Refused(ErrorReasons.DockerRefused, "somebody else is in it") : null;
        var removed = await simulation.RequestScaleAsync(-1, "demo-9");
        await simulation.TurnsAsync(20);
        Assert.Equal(OperationState.SucceededPendingHosts, (await FindAsync(simulation, removed)).State);
        foreach (var other in simulation.Fleet.Hosts.Where(other => other != host && other.Containers.Count == 0))
            simulation.Fleet.LoseLink(other, 500);
        await simulation.TurnsAsync(20);

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(1));
        simulation.Fleet.Refusal = _ => null;
        await simulation.TurnsAsync(30);

        Assert.Equal((OperationState.Succeeded, OperationState.Succeeded), (ended.State, (await FindAsync(simulation, removed)).State));
        Assert.Single(host.Networks);
        Assert.True((await simulation.FindAsync("demo-10")).Container.IsRunning);
    }

    [Fact]
    public async Task AddThenRemove_AgainAndAgain_LeavesNothingBehind()
    {
        var simulation = await CreatedAsync(hostCount: 4);
        var h4 = simulation.Fleet.Host("h4");
        var held = (h4.Volumes.Count, h4.Containers.Count, h4.Networks.Count, h4.Records.Count);
        for (var round = 0; round < 10; round++)
        {
            Assert.Equal(OperationState.Succeeded, (await EndAsync(simulation, await simulation.RequestScaleAsync(1))).State);
            Assert.Equal(OperationState.Succeeded, (await EndAsync(simulation, await simulation.RequestScaleAsync(-1))).State);
            Assert.Equal(held, (h4.Volumes.Count, h4.Containers.Count, h4.Networks.Count, h4.Records.Count));
        }

        Assert.Equal((3, 3), await CountsAsync(simulation));
        Assert.Equal(8, (await simulation.Store.ReadAsync(reader => reader.ListCredentials(simulation.Cluster.Ref), CancellationToken.None)).Count(credential => credential.Role.StartsWith("tls/", StringComparison.Ordinal)));
    }

    private static async Task<Simulation> CreatedAsync(int hostCount = 3, int nodeCount = 3, Durability durability = Durability.Quorum)
    {
        var simulation = await Simulation.StartAsync(hostCount, nodeCount, durability);
        await simulation.CreateAsync();
        await simulation.TurnsAsync(10);
        return simulation;
    }

    private static async Task<Operation> EndAsync(Simulation simulation, Operation operation)
    {
        await simulation.RunAsync();
        return await FindAsync(simulation, operation);
    }

    private static Task<Operation> FindAsync(Simulation simulation, Operation operation) => simulation.Store.ReadAsync(reader => reader.FindOperation(operation.Id)!, CancellationToken.None);

    /// <summary>How many nodes it is to have, by its spec and as it was placed.</summary>
    private static async Task<(int Spec, int Placed)> CountsAsync(Simulation simulation)
    {
        var cluster = (await simulation.Store.ReadAsync(reader => reader.FindCluster(simulation.Cluster.Id), CancellationToken.None))!;
        Assert.Null(cluster.HeldBy);
        return (cluster.Effective.NodeCount, (await simulation.InstancesAsync()).Count(instance => instance.Profile.IsNode));
    }

    private static void AssertProxiesKnow(Simulation simulation, params string[] nodes)
    {
        Assert.NotEmpty(ProxyTexts.Of(simulation));
        Assert.All(ProxyTexts.Of(simulation), text => Assert.Equal(
            nodes, text.Split('\n').Where(line => line.StartsWith("    server demo-", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).Distinct().Order(StringComparer.Ordinal)));
    }
}
