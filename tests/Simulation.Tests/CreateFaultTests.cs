using Agents.Domain.Engines;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing;
using Agents.Testing.Fleet;
using Agents.Words;

namespace Agents.Simulation.Tests;

/// <summary>What goes wrong while a cluster is made: planned around, waited for, or ended with the reason and nothing left.</summary>
public sealed class CreateFaultTests
{
    [Fact]
    public async Task Create_PortTaken_IsPlannedAround()
    {
        var simulation = await Simulation.StartAsync();
        simulation.Fleet.Host("h2").TakenPorts.UnionWith([20000, 20003]);

        await simulation.CreateAsync();

        var (_, _, node) = await simulation.FindAsync("demo-2");
        Assert.Equal([20001, 20002], node.Ports.Values.Order());
        await simulation.AssertSoundAsync("port taken");
    }

    [Fact]
    public async Task Create_PortBlocked_FailsWithThePairAndLeavesNothing()
    {
        var simulation = await Simulation.StartAsync();
        simulation.Fleet.Blocked.Add(("h1", "h3"));

        await simulation.RequestCreateAsync();
        await simulation.RunAsync();

        var error = await AssertFailedAndGoneAsync(simulation, ErrorReasons.PortBlocked);
        Assert.Contains("h1 → h3:20000 blocked", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("h3 → h1", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(simulation.Fleet.Audit, entry => entry.Method.StartsWith("Create", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_ReplicasCopyTheDataYet_HasNotConverged()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.RequestCreateAsync();

        while ((await simulation.OperationAsync(1)).Steps.Single(step => step.Name == StepNames.Converge).State != OperationState.Succeeded)
            await simulation.TurnsAsync(1);

        Assert.Equal(["demo-2", "demo-3"], simulation.Fleet.Engine(A.Cluster().Ref).Sender().Replicas.Select(replica => replica.Name).Order());
    }

    [Fact]
    public async Task Create_BegunByAnotherVersion_IsHeldAndCanBeCancelled()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.RequestCreateAsync();
        await simulation.WriteAsync(writer =>
        {
            var begun = writer.FindOperation(A.Operation().Id)!;
            writer.UpdateOperation(begun with { Steps = [new OperationStep { Name = "paint" }, .. begun.Steps] });
        });

        await simulation.TurnsAsync(10);

        var held = (await simulation.OperationAsync(1)).Steps[0];
        Assert.Equal((OperationState.Pending, "this version knows no step \"paint\": start the version that began the operation, or cancel it"), (held.State, held.Message));
        Assert.Empty(simulation.Fleet.Audit);

        await simulation.RequestCancelAsync();
        await simulation.RunAsync();
        Assert.Equal(OperationState.Cancelled, (await simulation.OperationAsync(1)).State);
    }

    [Fact]
    public async Task Create_ImageMissing_IsLoaded()
    {
        var simulation = await Simulation.StartAsync();
        simulation.Fleet.Host("h3").Images.Clear();

        await simulation.CreateAsync();

        Assert.Equal(2, simulation.Fleet.Audit.Count(entry => entry is { Method: "EnsureImage", Host: "h3" }));
    }

    [Fact]
    public async Task Create_ImageCannotBeLoaded_FailsAndLeavesNothing()
    {
        var simulation = await Simulation.StartAsync();
        simulation.Fleet.Host("h3").Images.Clear();
        simulation.Fleet.Host("h3").RefusesImages = true;

        await simulation.RequestCreateAsync();
        await simulation.RunAsync();

        var error = await AssertFailedAndGoneAsync(simulation, ErrorReasons.DockerRefused);
        Assert.Contains("h3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_TooFewHosts_FailsWithTheReason()
    {
        var simulation = await Simulation.StartAsync(hostCount: 2);
        simulation.Time.Advance(TimeSpan.FromMinutes(2));

        await simulation.RequestCreateAsync();
        await simulation.RunAsync();

        await AssertFailedAndGoneAsync(simulation, ErrorReasons.NoPlacement);
    }

    [Fact]
    public async Task Create_DockerDownForAWhile_GoesOnWhenItIsBack()
    {
        var simulation = await Simulation.StartAsync();
        var host = simulation.Fleet.Host("h2");
        simulation.Fleet.Fault = call =>
        {
            var isLater = simulation.Time.GetUtcNow() - Testing.A.Time > TimeSpan.FromSeconds(20);
            host.IsDockerUp = isLater || (host.IsDockerUp && call.Method != nameof(FakeAgent.CreateContainerAsync));
            return null;
        };

        await simulation.CreateAsync();

        await simulation.AssertSoundAsync("docker down");
    }

    [Fact]
    public async Task Create_PostgresBusyForAWhile_GoesOn()
    {
        var simulation = await Simulation.StartAsync();
        var refusals = 0;
        simulation.Fleet.Fault = call => call.Method == nameof(FakeAgent.ExecuteAsync) && refusals++ < 20 ? AgentFault.PostgresBusy : null;

        await simulation.CreateAsync();

        Assert.InRange(refusals, 20, int.MaxValue);
        await simulation.AssertSoundAsync("PostgreSQL is busy");
    }

    [Fact]
    public async Task Create_PostgresBusyForEver_EndsWithTheStepsLimit()
    {
        var simulation = await Simulation.StartAsync();
        simulation.Fleet.Fault = call => call.Method == nameof(FakeAgent.ExecuteAsync) ? AgentFault.PostgresBusy : null;

        await simulation.RequestCreateAsync();
        await simulation.RunAsync();

        await AssertFailedAndGoneAsync(simulation, "STEP_TIMED_OUT");
    }

    [Fact]
    public async Task Undo_HostAwayTurnsOutToHoldData_IsNotTouchedAndShown()
    {
        var simulation = await Simulation.StartAsync();
        simulation.Fleet.Fault = call => call.Method == nameof(FakeAgent.GetPatroniClusterAsync) ? AgentFault.NotSent : null;
        await simulation.RequestCreateAsync();
        await simulation.TurnsAsync(10);
        var away = simulation.Fleet.Host("h3");
        away.IsLinked = false;
        foreach (var record in away.Records.Values.Where(record => away.Containers.Values.Any(container => container.InstanceId == record.InstanceId && InstanceKinds.HoldsData(container.Kind))))
            record.Initialised = true; // By a life of the store that is lost.
        var before = away.Containers.Values.Select(container => (container.Name, container.State)).ToList();

        await simulation.RequestCancelAsync();
        await simulation.RunAsync();
        away.IsLinked = true;
        await simulation.TurnsAsync(20);

        Assert.Equal(OperationState.Cancelled, (await simulation.OperationAsync(1)).State);
        Assert.Equal((2, 4, 1), (before.Count, away.Volumes.Count, away.Networks.Count));
        Assert.Equal(before, away.Containers.Values.Select(container => (container.Name, container.State)));
        Assert.Empty(simulation.Fleet.Host("h1").Volumes);
        Assert.Empty(await simulation.Store.ReadAsync(reader => reader.ListLeftovers(), CancellationToken.None));
        Assert.Single(await simulation.Store.ReadAsync(reader => reader.ListEvents(0, 100), CancellationToken.None), stored => stored.Event.Kind == "host.data_kept");
    }

    [Fact]
    public async Task Create_WhenTheFirstNodeLeads_AllRunAndTheHostsOfReplicasKnowOfNoData()
    {
        var simulation = await Simulation.StartAsync();
        var running = new List<(int Nodes, int Proxies)>();
        var holding = new List<int>();
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == nameof(FakeAgent.ExecuteAsync))
                running.Add((Running(simulation, KindProfile.Postgres.Word), Running(simulation, KindProfile.Haproxy.Word)));
            if (call.Method == nameof(FakeAgent.GetReplicationAsync))
                holding.Add(Containers(simulation, KindProfile.Postgres.Word).Count(node => simulation.Fleet.Hosts.Any(host => host.Records.TryGetValue(node.InstanceId, out var record) && record.Initialised)));
            return null;
        };

        await simulation.CreateAsync();

        Assert.NotEmpty(running);
        Assert.All(running, count => Assert.Equal((3, 2), count));
        Assert.Equal(1, holding[0]); // The replicas run, and their hosts are told of data when there is some.
        Assert.Equal(3, Running(simulation, KindProfile.Postgres.Word));
    }

    [Fact]
    public async Task Create_ConvergeNeverEnds_KeepsTheClusterAndItsData()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.RequestCreateAsync();
        simulation.Fleet.Fault = call => call.Method == nameof(FakeAgent.GetReplicationAsync) ? AgentFault.NotSent : null;
        for (var minute = 0; minute < 15; minute++)
        {
            await simulation.TurnAsync();
            simulation.Time.Advance(TimeSpan.FromMinutes(1));
        }
        await simulation.RunAsync();

        Assert.Equal(OperationState.Failed, (await simulation.OperationAsync(1)).State);
        Assert.Equal(8, simulation.Fleet.Hosts.Sum(host => host.Containers.Count));
        Assert.All(await simulation.InstancesAsync(), instance => Assert.True(instance.Initialised));
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
        Assert.Equal(3, simulation.Fleet.Hosts.Sum(host => host.Volumes.Count));
    }

    [Theory]
    [InlineData(AgentFault.NotSent)]
    [InlineData(AgentFault.AnswerLost)]
    internal async Task Create_OneCallLost_EndsAsIfItHadNotBeen(AgentFault fault)
    {
        var reference = await Scenario.Of("create").RunAsync();
        var expected = await WorldText.OfAsync(reference);
        var callCount = reference.Fleet.CallCount;

        for (var lost = 1; lost <= callCount; lost += 3)
        {
            var simulation = await Simulation.StartAsync();
            simulation.Fleet.Fault = call => call.Number == lost ? fault : null;
            await simulation.CreateAsync();
            Assert.True(await WorldText.OfAsync(simulation) == expected, $"call {lost} {fault}");
            await simulation.AssertSoundAsync($"call {lost} {fault}");
        }
    }

    [Fact]
    public async Task Create_HostLosesItsLinkAtAnyCall_EndsAsIfItHadNotBeen()
    {
        var reference = await Scenario.Of("create").RunAsync();
        var expected = await WorldText.OfAsync(reference);
        var callCount = reference.Fleet.CallCount;

        for (var lost = 2; lost <= callCount; lost += 3)
        {
            var simulation = await Simulation.StartAsync();
            simulation.Fleet.Fault = call =>
            {
                if (call.Number == lost)
                    simulation.Fleet.LoseLink(call.Host, moments: 4);
                return null;
            };
            await simulation.CreateAsync();
            Assert.True(await WorldText.OfAsync(simulation) == expected, $"link lost at call {lost}");
        }
    }

    private static async Task<OperationError> AssertFailedAndGoneAsync(Simulation simulation, string reason)
    {
        var operation = await simulation.OperationAsync(1);
        Assert.Equal((OperationState.Failed, reason), (operation.State, operation.Error?.Reason));
        Assert.Empty(await simulation.InstancesAsync());
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
        await simulation.AssertSoundAsync(reason);
        return operation.Error!;
    }

    private static IEnumerable<FakeContainer> Containers(Simulation simulation, string kind) => simulation.Fleet.Hosts.SelectMany(host => host.Containers.Values).Where(container => container.Kind == kind);

    private static int Running(Simulation simulation, string kind) => Containers(simulation, kind).Count(container => container.IsRunning);
}
