using Agents.Controller.Application;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>Replicas are added and taken out because somebody asks for it.</summary>
public sealed class ScaleTests
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
        Assert.Equal(["h4: demo-9", "demo-9 on h4", "1 of 1 replicas stream"], [ended.Steps[0].Message, ended.Steps[3].Message, ended.Steps[4].Message]);
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

    [Fact]
    public async Task Remove_TheLastReplica_LeavesTheProxiesBeforeItIsStopped_AndGoesWithItsData()
    {
        var simulation = await CreatedAsync();
        var (host, container, gone) = await simulation.FindAsync("demo-3");
        simulation.Fleet.Engine(simulation.Cluster.Ref).ReadSessions = 3;
        var known = new List<bool>();
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == nameof(FakeAgent.StopContainerAsync) && container.IsRunning && call.Host == host)
                known.Add(Proxies(simulation).Any(text => text.Contains("demo-3", StringComparison.Ordinal)));
            return null;
        };

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(-1));

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Equal(["nobody reads there", "demo-3 stopped", "demo-3 removed"], ended.Steps.Select(step => step.Message));
        Assert.Equal([false], known.Distinct());
        Assert.Equal((2, 2), await CountsAsync(simulation));
        Assert.DoesNotContain(host.Volumes.Keys, name => name.StartsWith(gone.ContainerName, StringComparison.Ordinal));
        Assert.False(host.Records.ContainsKey(gone.Id));
        Assert.NotEmpty(host.Networks); // A member of etcd is there yet.
        await simulation.AssertSoundAsync("one was removed");
    }

    [Fact]
    public async Task Remove_SessionsRest_AreNotWaitedForForEver()
    {
        var simulation = await CreatedAsync();
        simulation.Fleet.Engine(simulation.Cluster.Ref).ReadSessions = int.MaxValue;

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(-1));

        Assert.Equal((OperationState.Succeeded, "sessions on demo-3 end with it"), (ended.State, ended.Steps[0].Message));
        Assert.InRange((ended.Steps[0].EndedAt - ended.Steps[0].StartedAt)!.Value.TotalSeconds, 30, 35);
    }

    [Fact]
    public async Task Remove_ItDoesNotStream_ItsDataStaysAndIsShown()
    {
        var simulation = await CreatedAsync();
        var (host, container, gone) = await simulation.FindAsync("demo-2");
        container.IsFrozen = true;
        await simulation.TurnsAsync(10);

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(-1));

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Equal($"demo-2 removed; not known to be copies, so their data stays: {gone.DataVolume} on h2", ended.Steps[2].Message);
        Assert.True(host.Volumes[gone.DataVolume].HasData);
        Assert.Equal((2, 2), await CountsAsync(simulation));
        Assert.Contains("demo-3", (await simulation.InstancesAsync()).Select(instance => instance.Member));
    }

    [Fact]
    public async Task Remove_HostIsGone_GoesWhenItReturnsAndItsDataStays()
    {
        var simulation = await CreatedAsync();
        var (host, container, gone) = await simulation.FindAsync("demo-3");
        container.IsFrozen = true; // Its host has lost its power.
        simulation.Fleet.LoseLink(host, 200);
        await simulation.TurnsAsync(20);

        var operation = await simulation.RequestScaleAsync(-1);
        await simulation.TurnsAsync(60);
        Assert.Equal(OperationState.SucceededPendingHosts, (await FindAsync(simulation, operation)).State);
        Assert.Equal((2, 2), await CountsAsync(simulation));

        await simulation.TurnsAsync(150);
        Assert.Equal(OperationState.Succeeded, (await FindAsync(simulation, operation)).State);
        Assert.DoesNotContain(gone.ContainerName, host.Containers.Keys);
        Assert.Equal([gone.DataVolume], host.Volumes.Keys.Where(name => name.StartsWith(gone.ContainerName, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Remove_HostIsAwayAndItStreams_IsRefusedAndNothingIsLost()
    {
        var simulation = await CreatedAsync();
        var (host, _, _) = await simulation.FindAsync("demo-3");
        simulation.Fleet.LoseLink(host, 200);
        await simulation.TurnsAsync(20);

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(-1));

        Assert.Equal((OperationState.Failed, ErrorReasons.HostsAway), (ended.State, ended.Error?.Reason));
        Assert.Equal((3, 3), await CountsAsync(simulation));
        await simulation.TurnsAsync(260);
        AssertProxiesKnow(simulation, "demo-1", "demo-2", "demo-3");
        await simulation.AssertSoundAsync("nothing was removed");
    }

    [Fact]
    public async Task Remove_ItLeadsInTheMeantime_StaysWithItsCluster()
    {
        var simulation = await CreatedAsync();
        var operation = await simulation.RequestScaleAsync(-1, "demo-3");
        simulation.Fleet.Engine(simulation.Cluster.Ref).HandOver((await simulation.FindAsync("demo-3")).Instance.Id);

        var ended = await EndAsync(simulation, operation);

        Assert.Equal((OperationState.Failed, ErrorReasons.LeadElsewhere, "demo-3 leads now: hand the lead over first; nothing was removed: what was stopped is started again"), (ended.State, ended.Error?.Reason, ended.Error?.Message));
        Assert.Equal((3, 3), await CountsAsync(simulation));
    }

    [Fact]
    public async Task Remove_ItLedWhileItWasStopped_ItsDataStays()
    {
        var simulation = await CreatedAsync();
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        var (host, _, gone) = await simulation.FindAsync("demo-3");
        simulation.Fleet.Fault = call =>
        {
            if (call.Method != nameof(FakeAgent.StopContainerAsync) || call.Host != host || engine.Timeline > 1)
                return null;
            engine.HandOver(gone.Id); // Between the look and the stop, by a failover of the engine's own.
            engine.Tick();
            return null;
        };

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(-1, "demo-3"));

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.True(host.Volumes[gone.DataVolume].HasData);
    }

    [Fact]
    public async Task Remove_TheEngineCountsOnItYet_ItStaysAndRunsAgain()
    {
        var simulation = await CreatedAsync();
        simulation.Fleet.Engine(simulation.Cluster.Ref).IsSyncStale = true;

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(-1));
        Assert.Equal(OperationState.Failed, ended.State);
        Assert.Contains("waiting until the engine counts on demo-3 no more", ended.Error!.Message, StringComparison.Ordinal);

        await simulation.TurnsAsync(60);
        Assert.True((await simulation.FindAsync("demo-3")).Container.IsRunning);
        AssertProxiesKnow(simulation, "demo-1", "demo-2", "demo-3");
        await simulation.AssertSoundAsync("it stayed");
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
    public async Task Remove_NoOtherConfirms_IsRefusedBeforeItBegins()
    {
        var simulation = await CreatedAsync();
        (await simulation.FindAsync("demo-2")).Container.IsFrozen = true;
        await simulation.TurnsAsync(10);

        var refusal = (await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestScaleAsync(-1, "demo-3"))).Refusal;

        Assert.Equal(ErrorReasons.NodesNeeded, refusal.Reason);
        Assert.Contains("none confirms them now", refusal.Message, StringComparison.Ordinal);
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

    private static async Task<Simulation> CreatedAsync(int hostCount = 3)
    {
        var simulation = await Simulation.StartAsync(hostCount);
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

    /// <summary>The configuration of each proxy.</summary>
    private static IEnumerable<string> Proxies(Simulation simulation) =>
        from host in simulation.Fleet.Hosts
        from container in host.Containers.Values
        where container.Kind == "haproxy"
        select host.Volumes[$"{container.Name}-config"].Files["haproxy.cfg"];

    private static void AssertProxiesKnow(Simulation simulation, params string[] nodes)
    {
        Assert.NotEmpty(Proxies(simulation));
        Assert.All(Proxies(simulation), text => Assert.Equal(
            nodes, text.Split('\n').Where(line => line.StartsWith("    server demo-", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).Distinct().Order(StringComparer.Ordinal)));
    }
}
