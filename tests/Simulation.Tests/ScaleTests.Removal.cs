using Agents.Controller.Application;
using Agents.Controller.Application.Hosts;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <content>Replicas are taken out.</content>
public sealed partial class ScaleTests
{
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
                known.Add(ProxyTexts.Of(simulation).Any(text => ProxyTexts.Behind(text, "read_only").Contains("demo-3")));
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
    public async Task Remove_TheNodeThatMadeTheData_AnotherGetsItsOrders()
    {
        var simulation = await CreatedAsync();
        await EndAsync(simulation, await simulation.RequestSwitchoverAsync("demo-2"));
        await simulation.TurnsAsync(20);

        Assert.Equal(OperationState.Succeeded, (await EndAsync(simulation, await simulation.RequestScaleAsync(-1, "demo-1"))).State);
        await simulation.TurnsAsync(20);

        var (host, _, instance) = await simulation.FindAsync("demo-2");
        Assert.Contains("\"bootstrap\"", host.Volumes[instance.ConfigVolume].Files["patroni.yml"], StringComparison.Ordinal);
        await simulation.AssertSoundAsync("another is the first");
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
        await simulation.TurnsAsync(5);
        var view = await simulation.Store.ReadAsync(reader => new HostViews(simulation.Controller.View).Of(reader, host.Host), CancellationToken.None);
        Assert.Equal([(gone.DataVolume, true)], view.Orphans.Select(orphan => (orphan.Name, orphan.HoldsData)));
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
    public async Task Remove_HostIsAwayAndItRuns_IsRefusedBeforeItBegins_AndAnotherIsChosen()
    {
        var simulation = await CreatedAsync();
        var (host, _, _) = await simulation.FindAsync("demo-3");
        simulation.Fleet.LoseLink(host, 200);
        await simulation.TurnsAsync(20);

        var refusal = (await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestScaleAsync(-1, "demo-3"))).Refusal;
        Assert.Equal(ErrorReasons.NodesNeeded, refusal.Reason);
        Assert.Contains("demo-3 runs, and its host is away", refusal.Message, StringComparison.Ordinal);

        Assert.Equal("demo-2 removed", (await EndAsync(simulation, await simulation.RequestScaleAsync(-1))).Steps[2].Message);
    }

    [Fact]
    public async Task Remove_HostGoesAwayAndItRuns_EndsInFailureAndNothingIsLost()
    {
        var simulation = await CreatedAsync();
        var (host, _, _) = await simulation.FindAsync("demo-3");
        var operation = await simulation.RequestScaleAsync(-1, "demo-3");
        simulation.Fleet.LoseLink(host, 400);

        var ended = await EndAsync(simulation, operation);

        Assert.Equal((OperationState.Failed, ErrorReasons.HostsAway), (ended.State, ended.Error?.Reason));
        Assert.Equal((3, 3), await CountsAsync(simulation));
        await simulation.TurnsAsync(460);
        AssertProxiesKnow(simulation, "demo-1", "demo-2", "demo-3");
        await simulation.AssertSoundAsync("nothing was removed");
    }

    [Fact]
    public async Task Remove_StopHasNoAnswerAndItsHostIsGone_ItsDataStays()
    {
        var simulation = await CreatedAsync();
        var (host, container, gone) = await simulation.FindAsync("demo-3");
        simulation.Fleet.Fault = call =>
        {
            if (call.Method != nameof(FakeAgent.SetWantAsync) || call.Host != host || !host.IsLinked)
                return null;
            simulation.Fleet.LoseLink(host, 200);
            container.IsFrozen = true;
            return AgentFault.NotSent;
        };

        var operation = await simulation.RequestScaleAsync(-1, "demo-3");
        await simulation.TurnsAsync(150);
        simulation.Fleet.Fault = _ => null;
        await simulation.TurnsAsync(100);

        Assert.Equal(OperationState.Succeeded, (await FindAsync(simulation, operation)).State);
        Assert.True(host.Volumes[gone.DataVolume].HasData);
    }

    [Fact]
    public async Task Remove_ItLeadsInTheMeantime_StaysWithItsCluster()
    {
        var simulation = await CreatedAsync();
        var generation = (await simulation.FindAsync("demo-3")).Instance.Generation;
        var operation = await simulation.RequestScaleAsync(-1, "demo-3");
        simulation.Fleet.Engine(simulation.Cluster.Ref).HandOver((await simulation.FindAsync("demo-3")).Instance.Id);

        var ended = await EndAsync(simulation, operation);

        Assert.Equal((OperationState.Failed, ErrorReasons.LeadElsewhere, "demo-3 leads now: hand the lead over first; nothing was removed: what was stopped is started again"), (ended.State, ended.Error?.Reason, ended.Error?.Message));
        Assert.Equal((3, 3), await CountsAsync(simulation));
        Assert.Equal(generation + 2, (await simulation.FindAsync("demo-3")).Instance.Generation); // A word to stop it that comes late is not obeyed.
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
}
