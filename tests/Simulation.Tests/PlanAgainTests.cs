using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>What stands in the way of a plan after its ports were tried: the create is undone, and begins again with another plan.</summary>
public sealed class PlanAgainTests
{
    [Fact]
    public async Task Create_PortTakenJustBeforeAProxyStarts_IsPlannedAround()
    {
        var simulation = await Simulation.StartAsync();
        TakeOnce(simulation, host: "h1", port: 20004, before: nameof(FakeAgent.StartContainerAsync));

        await simulation.CreateAsync();

        var instances = await simulation.InstancesAsync();
        Assert.Equal(8, instances.Count);
        Assert.All(instances.Where(instance => instance.HostId == simulation.Fleet.Host("h1").Host.Id), instance => Assert.DoesNotContain(20004, instance.Ports.Values));
        Assert.Equal(["planned again: h1: port 20004 of h1 is taken"], (await simulation.OperationAsync(1)).Warnings.ToArray());
        Assert.Equal(8, simulation.Fleet.Hosts.Sum(host => host.Containers.Count));
        await simulation.AssertSoundAsync("port taken");
    }

    [Fact]
    public async Task Create_ClockSetBackWhileItPauses_WaitsNoLonger()
    {
        var simulation = await Simulation.StartAsync();
        TakeOnce(simulation, host: "h1", port: 20004, before: nameof(FakeAgent.StartContainerAsync));
        await simulation.RequestCreateAsync();
        for (var turn = 0; turn < 50 && (await simulation.OperationAsync(1)).Warnings.IsEmpty; turn++)
            await simulation.TurnAsync();

        simulation.Time.Set(TimeSpan.FromHours(-12));
        await simulation.RunAsync();

        var operation = await simulation.OperationAsync(1);
        Assert.Equal((OperationState.Succeeded, 1), (operation.State, operation.Warnings.Length));
    }

    [Fact]
    public async Task Create_PortTakenJustBeforeAMemberStarts_IsPlannedAround()
    {
        var simulation = await Simulation.StartAsync();
        TakeOnce(simulation, host: "h3", port: 20002, before: nameof(FakeAgent.SetWantAsync));

        await simulation.CreateAsync();

        Assert.All(await simulation.InstancesAsync(), instance => Assert.True(instance.Ordinal > 8));
        await simulation.AssertSoundAsync("port taken");
    }

    [Fact]
    public async Task Create_NetworkOverlapsWithWhatTheHostDoesNotTell_GetsAnotherOne()
    {
        var simulation = await Simulation.StartAsync();
        simulation.Fleet.Host("h2").HiddenSubnets.AddRange(["10.210.0.0/28", "10.210.0.16/29"]);

        await simulation.CreateAsync();

        Assert.Equal("10.210.0.32/28", Assert.Single(simulation.Fleet.Host("h2").Networks.Values).Subnet);
        Assert.Equal("10.210.0.0/28", Assert.Single(simulation.Fleet.Host("h1").Networks.Values).Subnet);
        Assert.Equal(2, (await simulation.OperationAsync(1)).Warnings.Length);
        await simulation.AssertSoundAsync("overlap");
    }

    [Fact]
    public async Task Create_WhateverIsPlannedIsTaken_EndsAfterSomePlansAndSaysWhatIsInTheWay()
    {
        var simulation = await Simulation.StartAsync();
        var tries = new List<DateTimeOffset>();
        simulation.Fleet.Fault = call =>
        {
            if (call.Method != nameof(FakeAgent.StartContainerAsync))
                return null;
            if (tries.Count == 0 || tries[^1] != simulation.Time.GetUtcNow())
                tries.Add(simulation.Time.GetUtcNow());
            foreach (var container in call.Host.Containers.Values.Where(container => !container.IsRunning))
                call.Host.TakenPorts.UnionWith(container.Blueprint.Ports.Select(port => port.Port));
            return null;
        };

        await simulation.RequestCreateAsync();
        await simulation.RunAsync();

        var operation = await simulation.OperationAsync(1);
        Assert.Equal((OperationState.Failed, ErrorReasons.PortTaken), (operation.State, operation.Error?.Reason));
        Assert.Matches("^h[12]: port 20[0-9]+ of h[12] is taken$", operation.Error?.Message);
        Assert.Equal(4, operation.Warnings.Length);
        Assert.Equal(5, tries.Count);
        var pauses = tries.Zip(tries.Skip(1), (one, next) => next - one).ToList();
        Assert.Equal(pauses.Order(), pauses);
        Assert.Empty(await simulation.InstancesAsync());
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
    }

    [Fact]
    public async Task Create_PortTakenLaterWithAHostAway_FailsAndLeavesNothing()
    {
        var simulation = await Simulation.StartAsync();
        TakeOnce(simulation, host: "h1", port: 20004, before: nameof(FakeAgent.StartContainerAsync), () => simulation.Fleet.LoseLink(simulation.Fleet.Host("h3"), moments: 20));

        await simulation.RequestCreateAsync();
        await simulation.RunAsync();
        await simulation.TurnsAsync(30);

        Assert.Equal((OperationState.Failed, ErrorReasons.PortTaken), ((await simulation.OperationAsync(1)).State, (await simulation.OperationAsync(1)).Error?.Reason));
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
    }

    [Fact]
    public async Task Create_PortTakenJustBeforeAReplicaStarts_IsPlannedAround()
    {
        var simulation = await Simulation.StartAsync();
        var port = TakeBeforeReplica(simulation, host: "h2");

        await simulation.CreateAsync();

        Assert.Equal([$"planned again: h2: port {port()} of h2 is taken"], (await simulation.OperationAsync(1)).Warnings.ToArray());
        Assert.All(await simulation.InstancesAsync(), instance => Assert.True(instance.Ordinal > 8));
        await simulation.AssertSoundAsync("port taken");
    }

    [Fact]
    public async Task Create_HostGoesAwayBeforeItIsTried_IsPlacedElsewhere()
    {
        var simulation = await Simulation.StartAsync(hostCount: 4);
        await simulation.RequestCreateAsync();
        var gone = simulation.Fleet.Host("h2");
        Assert.Contains(await simulation.InstancesAsync(), instance => instance.HostId == gone.Host.Id);
        await simulation.Controller.ObserveAsync();
        simulation.Fleet.LoseLink(gone, moments: 1000);

        await simulation.RunAsync();

        Assert.Equal(OperationState.Succeeded, (await simulation.OperationAsync(1)).State);
        Assert.DoesNotContain(await simulation.InstancesAsync(), instance => instance.HostId == gone.Host.Id);
        Assert.Equal([1, 2, 3], (await simulation.InstancesAsync()).Where(instance => instance.Kind == InstanceKind.Postgres).Select(instance => instance.Ordinal));
    }

    [Theory]
    [InlineData("h1", true)]
    [InlineData("h3", true)]
    [InlineData("h2", false)]
    public async Task Create_OneHostReachesNobodyOrIsReachedByNobody_IsMadeOnTheOthers(string culprit, bool dials)
    {
        var simulation = await Simulation.StartAsync(hostCount: 4);
        foreach (var other in simulation.Fleet.Hosts.Select(host => host.Host.Name).Where(name => name != culprit))
            simulation.Fleet.Blocked.Add(dials ? (culprit, other) : (other, culprit));

        await simulation.CreateAsync();

        var leftOut = simulation.Fleet.Host(culprit).Host.Id;
        var instances = await simulation.InstancesAsync();
        Assert.Equal(8, instances.Count);
        Assert.DoesNotContain(instances, instance => instance.HostId == leftOut);
        Assert.StartsWith($"planned without {culprit}: ", Assert.Single((await simulation.OperationAsync(1)).Warnings), StringComparison.Ordinal);
        Assert.Empty(simulation.Fleet.Host(culprit).Containers);
        await simulation.AssertSoundAsync("blocked");
    }

    [Fact]
    public async Task Create_SomeHostsReachNobody_EndsWhenNoPlanIsLeft()
    {
        var simulation = await Simulation.StartAsync(hostCount: 4);
        foreach (var (from, to) in new[] { ("h1", "h2"), ("h1", "h3"), ("h1", "h4"), ("h2", "h3"), ("h2", "h4"), ("h3", "h4") })
            simulation.Fleet.Blocked.Add((from, to));

        await simulation.RequestCreateAsync();
        await simulation.RunAsync();

        Assert.Equal((OperationState.Failed, ErrorReasons.PortBlocked), ((await simulation.OperationAsync(1)).State, (await simulation.OperationAsync(1)).Error?.Reason));
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
    }

    /// <summary>Something takes a port of the node on a host just before that is started. Answers which, once it has.</summary>
    private static Func<int> TakeBeforeReplica(Simulation simulation, string host)
    {
        var taken = 0;
        simulation.Fleet.Fault = call =>
        {
            if (taken > 0 || call.Method != nameof(FakeAgent.SetWantAsync) || call.Host.Host.Name != host)
                return null;
            if (call.Host.Containers.Values.SingleOrDefault(container => container.Kind == KindProfile.Postgres.Word) is not { } node)
                return null;
            taken = node.Blueprint.Ports[0].Port;
            call.Host.TakenPorts.Add(taken);
            return null;
        };
        return () => taken;
    }

    /// <summary>Something takes a port of a host just before the first call of a sort.</summary>
    private static void TakeOnce(Simulation simulation, string host, int port, string before, Action? also = null)
    {
        var isTaken = false;
        simulation.Fleet.Fault = call =>
        {
            if (call.Method != before || isTaken)
                return null;
            isTaken = true;
            simulation.Fleet.Host(host).TakenPorts.Add(port);
            also?.Invoke();
            return null;
        };
    }
}
