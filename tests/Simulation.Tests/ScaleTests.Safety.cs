using Agents.Domain.Engines.Patroni;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <content>Nothing that was acknowledged hangs on a node that goes, and nobody is led to one that has nothing.</content>
public sealed partial class ScaleTests
{
    [Fact]
    public async Task Remove_NoOtherHasComeAsFar_ItRunsUntilOneHas()
    {
        var simulation = await CreatedAsync();
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        var (host, container, gone) = await simulation.FindAsync("demo-3");
        engine.Laggards.Add((await simulation.FindAsync("demo-2")).Instance.Id);

        var operation = await simulation.RequestScaleAsync(-1);
        await simulation.TurnsAsync(20);
        Assert.Equal("waiting until a replica that stays has all that is acknowledged (demo-2 not yet)", (await FindAsync(simulation, operation)).Steps[1].Message);
        Assert.True(container.IsRunning); // The primary's host could go now, and it could be chosen.

        engine.Laggards.Clear();
        Assert.Equal(OperationState.Succeeded, (await EndAsync(simulation, operation)).State);
        Assert.DoesNotContain(gone.DataVolume, host.Volumes.Keys);
    }

    [Fact]
    public async Task Remove_CommitsWaitForIt_IsStoppedOnlyWhenTheyDoNotAnyMore()
    {
        var simulation = await CreatedAsync();
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        var (host, container, _) = await simulation.FindAsync("demo-3");
        var counted = new List<string>();
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == nameof(FakeAgent.SetWantAsync) && call.Host == host && container is { IsRunning: true, IsNoSync: true })
                counted.Add(engine.Etcd.Keys[PatroniKeys.Sync(simulation.Cluster.Id)].Value);
            return null;
        };

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(-1));

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Contains("demo-3", counted[0], StringComparison.Ordinal); // When it was told.
        Assert.DoesNotContain("demo-3", counted[^1], StringComparison.Ordinal); // When it was stopped.
    }

    [Fact]
    public async Task Remove_TheOneThatStaysIsLostMeanwhile_ItConfirmsAgainBeforeLong()
    {
        var simulation = await CreatedAsync();
        var (_, container, _) = await simulation.FindAsync("demo-3");
        var (_, staying, _) = await simulation.FindAsync("demo-2");
        simulation.Fleet.Fault = call =>
        {
            staying.IsFrozen |= call.Method == nameof(FakeAgent.SignalContainerAsync) && call.Host.Containers.ContainsValue(container); // Just when demo-3 is told.
            return null;
        };

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(-1, "demo-3"));

        Assert.Equal((OperationState.Failed, ErrorReasons.NodesNeeded), (ended.State, ended.Error?.Reason));
        Assert.InRange((ended.EndedAt - ended.CreatedAt)!.Value.TotalSeconds, 60, 80); // The primary alone has what is acknowledged in this time.
        await simulation.TurnsAsync(20);
        Assert.Equal((true, false), (container.IsRunning, container.IsNoSync));
    }

    [Fact]
    public async Task Remove_DurabilitySync_TheOneThatConfirmsGoes_AfterAnotherHasTakenItsPart()
    {
        var simulation = await CreatedAsync(durability: Durability.Sync);
        simulation.Fleet.Engine(simulation.Cluster.Ref).ChoosesOne = true;
        await simulation.TurnsAsync(30);

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(-1, "demo-2"));

        Assert.Equal((OperationState.Succeeded, "demo-2 removed"), (ended.State, ended.Steps[2].Message));
        await simulation.AssertSoundAsync("the one that confirmed is gone");
    }

    [Fact]
    public async Task Remove_PrimaryEndsAndNobodyElseIsLeft_WhatWasStoppedRunsAgain()
    {
        var simulation = await CreatedAsync(nodeCount: 2, durability: Durability.Async);
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        var (primaryHost, primary, _) = await simulation.FindAsync("demo-1");
        engine.IsSyncStale = true; // So it is stopped, and waited for.
        var operation = await simulation.RequestScaleAsync(-1, "demo-2");
        var (_, container, _) = await simulation.FindAsync("demo-2");
        for (var turn = 0; turn < 60 && container.IsRunning; turn++)
            await simulation.TurnAsync();
        Assert.False(container.IsRunning);
        primary.IsFrozen = true;
        simulation.Fleet.LoseLink(primaryHost, 1000);

        await simulation.TurnsAsync(90);

        Assert.Equal((OperationState.Failed, "no primary was seen for 40 s, or more than one; nothing was removed: what was stopped is started again"), ((await FindAsync(simulation, operation)).State, (await FindAsync(simulation, operation)).Error?.Message));
        Assert.True(container.IsRunning);
    }

    [Fact]
    public async Task Remove_AgentOfOneThatStaysIsSilent_HoldsNothingUp()
    {
        var simulation = await CreatedAsync(hostCount: 4, nodeCount: 4);
        simulation.Fleet.LoseLink((await simulation.FindAsync("demo-2")).Host, 300);
        await simulation.TurnsAsync(20);

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(-1, "demo-4"));

        Assert.Equal(OperationState.Succeeded, ended.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Remove_ContainerIsGone_GoesAndItsDataStays(bool isForgotten)
    {
        var simulation = await CreatedAsync();
        var (host, container, gone) = await simulation.FindAsync("demo-3");
        var operation = await simulation.RequestScaleAsync(-1, "demo-3");
        host.Containers.Remove(container.Name);
        if (isForgotten)
        {
            host.Records.Remove(gone.Id);
            host.Forgotten[gone.Id] = gone.Generation;
        }

        var ended = await EndAsync(simulation, operation);

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Equal((2, 2), await CountsAsync(simulation));
        Assert.True(host.Volumes[gone.DataVolume].HasData);
    }

    [Fact]
    public async Task Remove_WhatWasSentBeforeToStartIt_IsNotObeyed()
    {
        var simulation = await CreatedAsync();
        var (host, container, before) = await simulation.FindAsync("demo-3");
        var obeyed = new List<long>();

        await simulation.RequestScaleAsync(-1, "demo-3");
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == nameof(FakeAgent.StopContainerAsync) && call.Host == host && container.IsRunning)
                obeyed.Add(host.Records[before.Id].Generation);
            return null;
        };
        await simulation.RunAsync();

        Assert.All(obeyed, generation => Assert.True(generation > before.Generation));
        Assert.NotEmpty(obeyed);
    }

    [Fact]
    public async Task Add_OneCopiesForLong_ItsAgentIsToldWhenItHasTheData()
    {
        var simulation = await CreatedAsync(hostCount: 5);
        var host = simulation.Fleet.Host("h5");
        CopiesForLong(simulation, host);

        var ended = await EndAsync(simulation, await simulation.RequestScaleAsync(2));

        var copying = host.Containers.Values.Single(container => container.IsCopying);

        Assert.Equal("1 of 2 replicas stream: the others copy the data on, and the cluster's status says when they stream", ended.Steps.Single(step => step.Name == "converge").Message);
        Assert.Equal([true, false], (await simulation.InstancesAsync()).Where(instance => instance.Ordinal >= 9).OrderBy(instance => instance.ContainerName == copying.Name).Select(instance => instance.Initialised));
        copying.IsCopying = false;
        await simulation.TurnsAsync(30);
        Assert.True(host.Records[copying.InstanceId].Initialised);
        Assert.True((await simulation.InstancesAsync()).Single(instance => instance.ContainerName == copying.Name).Initialised);
    }

    [Fact]
    public async Task Add_ToOneNode_ThePrimaryServesReadsUntilAnotherHasTheData()
    {
        var simulation = await CreatedAsync(nodeCount: 1, durability: Durability.Async);
        Assert.All(ProxyTexts.Of(simulation), text => Assert.Equal(["/read-only", "demo-1"], ProxyTexts.Behind(text, "read_only")));
        CopiesForLong(simulation, [.. simulation.Fleet.Hosts]);

        await EndAsync(simulation, await simulation.RequestScaleAsync(1));
        var added = simulation.Fleet.Hosts.SelectMany(host => host.Containers.Values).Single(container => container.IsCopying);
        Assert.All(ProxyTexts.Of(simulation), text => Assert.Equal(["/read-only", "demo-1", added.Member], ProxyTexts.Behind(text, "read_only")));

        added.IsCopying = false;
        await simulation.TurnsAsync(40);
        Assert.All(ProxyTexts.Of(simulation), text => Assert.Equal(["/replica", "demo-1", added.Member], ProxyTexts.Behind(text, "read_only")));
        await simulation.AssertSoundAsync("it has the data");
    }

    [Fact]
    public async Task Add_RunsOnlyWhenTheProxiesKnowIt()
    {
        var simulation = await CreatedAsync(hostCount: 4);
        var known = new List<bool>();
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == nameof(FakeAgent.SetWantAsync) && call.Host.Host.Name == "h4")
                known.Add(ProxyTexts.Of(simulation).All(text => ProxyTexts.Behind(text, "read_write").Contains("demo-9")));
            return null;
        };

        Assert.Equal(OperationState.Succeeded, (await EndAsync(simulation, await simulation.RequestScaleAsync(1))).State);

        Assert.Equal([true], known.Distinct());
    }

    /// <summary>What is made on these hosts from now on has a large database to copy.</summary>
    private static void CopiesForLong(Simulation simulation, params IReadOnlyCollection<FakeHost> hosts) => simulation.Fleet.Fault = call =>
    {
        if (call.Method == nameof(FakeAgent.SetWantAsync) && hosts.Contains(call.Host))
        {
            foreach (var added in call.Host.Containers.Values.Where(container => container is { Kind: "postgres", Starts: 0 }))
                added.IsCopying = true;
        }

        return null;
    };
}
