using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.Testing.Fleet;

namespace Agents.Simulation.Tests;

/// <summary>An etcd member that has lost its data is replaced by the controller alone, while the others agree, and never at their cost.</summary>
public sealed class ReplacementTests
{
    [Fact]
    public async Task Turn_DataOfAMemberGone_ANewOneTakesItsPlace()
    {
        var simulation = await CreatedAsync();
        await LoseAsync(simulation, "demo-etcd-5");

        await simulation.TurnsAsync(40);

        var operation = Assert.Single(await OperationsAsync(simulation));
        Assert.Equal((OperationState.Succeeded, "controller", "the data of demo-etcd-5 is gone"), (operation.State, operation.Origin.Principal, operation.Origin.Reason));
        await AssertThreeAsync(simulation, "demo-etcd-4", "demo-etcd-6", "demo-etcd-9");
        var events = await simulation.Store.ReadAsync(reader => reader.ListEvents(0, 100).Select(stored => stored.Event.Kind).ToList(), CancellationToken.None);
        Assert.Contains("postgres.cluster.replace_member.requested", events);
        Assert.Contains("postgres.cluster.replace_member.succeeded", events);
        Assert.DoesNotContain(simulation.Fleet.Audit, entry => entry.Method is "SignalContainer" || (entry.Method == "StopContainer" && !entry.Name.StartsWith("demo-etcd-5", StringComparison.Ordinal)));
        await AssertQuietAsync(simulation);
    }

    [Fact]
    public async Task Turn_VolumeOfAMemberEmptied_ANewOneTakesItsPlace()
    {
        var simulation = await CreatedAsync();
        var (host, container, instance) = await simulation.FindAsync("demo-etcd-5");
        host.Volumes[instance.DataVolume].HasData = false;
        container.End();

        await simulation.TurnsAsync(40);

        Assert.Equal(OperationState.Succeeded, Assert.Single(await OperationsAsync(simulation)).State);
        Assert.False(host.Volumes.ContainsKey(instance.DataVolume));
        await AssertThreeAsync(simulation, "demo-etcd-4", "demo-etcd-6", "demo-etcd-9");
        await AssertQuietAsync(simulation);
    }

    [Fact]
    public async Task Turn_WhileTheOthersHaveNoQuorum_NothingIsReplaced()
    {
        var simulation = await CreatedAsync();
        await LoseAsync(simulation, "demo-etcd-5");
        var (host, container, _) = await simulation.FindAsync("demo-etcd-4");
        host.TakenPorts.UnionWith(container.Blueprint.Ports.Select(port => port.Port));
        container.End();

        await simulation.TurnsAsync(40);
        Assert.Empty(await OperationsAsync(simulation));
        host.TakenPorts.Clear();
        await simulation.TurnsAsync(40);

        await AssertThreeAsync(simulation, "demo-etcd-4", "demo-etcd-6", "demo-etcd-9");
    }

    [Fact]
    public async Task Turn_DataIsThereAfterAll_TheMemberStaysAndIsStartedAgain()
    {
        var simulation = await CreatedAsync();
        var (host, volume, instance) = await LoseAsync(simulation, "demo-etcd-5");
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == "IsEtcdHealthyAsync")
                host.Volumes.TryAdd(volume.Name, volume);
            return null;
        };

        await simulation.TurnsAsync(40);

        var operation = Assert.Single(await OperationsAsync(simulation));
        Assert.Equal((OperationState.Failed, "DATA_PRESENT"), (operation.State, operation.Error!.Reason));
        Assert.True(host.Containers[instance.ContainerName].IsRunning);
        await AssertThreeAsync(simulation, "demo-etcd-4", "demo-etcd-5", "demo-etcd-6");
    }

    [Fact]
    public async Task Turn_AReplacementThatFails_IsBegunAnewAfterGrowingPausesWithAnotherMember()
    {
        var simulation = await CreatedAsync();
        await LoseAsync(simulation, "demo-etcd-5");
        simulation.Fleet.Fault = call => call.Method == "PromoteEtcdMemberAsync" && simulation.Time.GetUtcNow() < A.Time.AddMinutes(20) ? AgentFault.NotSent : null;

        await simulation.TurnsAsync(2000);

        var operations = (await OperationsAsync(simulation)).OrderBy(operation => operation.CreatedAt).ToList();
        Assert.Equal(OperationState.Succeeded, operations[^1].State);
        Assert.All(operations[..^1], operation => Assert.Equal((OperationState.Failed, "STEP_TIMED_OUT"), (operation.State, operation.Error!.Reason)));
        var pauses = operations.Zip(operations.Skip(1), (one, next) => (next.CreatedAt - one.EndedAt!.Value).TotalSeconds).ToList();
        Assert.True(pauses.Count >= 2, "it failed twice at least");
        Assert.All(pauses.Index(), pair => Assert.InRange(pair.Item, 60 * Math.Pow(2, pair.Index), (60 * Math.Pow(2, pair.Index)) + 30));
        await AssertThreeAsync(simulation, "demo-etcd-4", "demo-etcd-6", $"demo-etcd-{8 + operations.Count}");
        await AssertQuietAsync(simulation);
    }

    [Fact]
    public async Task Turn_ControllerDiesAnywhereInIt_TheNextOneGoesOn()
    {
        for (var killAt = 1; ; killAt++)
        {
            var simulation = await CreatedAsync();
            await LoseAsync(simulation, "demo-etcd-5");
            await simulation.ReplaceControllerAsync(killAt);

            await simulation.TurnsAsync(60);

            Assert.True((await OperationsAsync(simulation)).All(operation => operation.State == OperationState.Succeeded), $"killed at {killAt}: {simulation.Deaths}");
            await AssertThreeAsync(simulation, "demo-etcd-4", "demo-etcd-6", "demo-etcd-9");
            await simulation.AssertSoundAsync($"killed at {killAt}");
            if (simulation.Lives == 2)
                return; // It was not reached any more.
        }
    }

    [Fact]
    public async Task Turn_EveryAnswerLostOnce_IsDoneAllTheSame()
    {
        var simulation = await CreatedAsync();
        await LoseAsync(simulation, "demo-etcd-5");
        var lost = new HashSet<string>();
        simulation.Fleet.Fault = call => call.IsMutation && lost.Add(call.Method) ? AgentFault.AnswerLost : null;

        await simulation.TurnsAsync(60);

        Assert.Contains("AddEtcdMemberAsync", lost);
        await AssertThreeAsync(simulation, "demo-etcd-4", "demo-etcd-6", "demo-etcd-9");
    }

    [Fact]
    public async Task Turn_NodeThatWasNotMadeYet_IsNotNotedToHoldData()
    {
        var simulation = await CreatedAsync();
        var (host, container, node) = await simulation.FindAsync("demo-3");
        host.TakenPorts.UnionWith(container.Blueprint.Ports.Select(port => port.Port));
        container.End();
        await simulation.WriteAsync(writer => writer.UpdateInstance(node with { Initialised = false })); // As an undelete leaves what its host was away for.
        await LoseAsync(simulation, "demo-etcd-5");

        await simulation.TurnsAsync(40);

        Assert.Equal(["demo-3"], (await simulation.InstancesAsync()).Where(instance => !instance.Initialised && instance.Profile.HoldsData).Select(instance => instance.Member));
    }

    [Fact]
    public async Task Turn_OlderStoreThatKnowsNothingOfTheReplacement_TheNewMemberKeepsItsVote()
    {
        var simulation = await CreatedAsync();
        var copy = simulation.Store.Copy();
        await LoseAsync(simulation, "demo-etcd-5");
        await simulation.TurnsAsync(40);
        simulation.Store = copy;
        simulation.Fleet.Audit.Clear();
        await simulation.ReplaceControllerAsync();
        await simulation.TurnsAsync(5);
        simulation.Controller.View.Confirm(simulation.Controller.View.LaterCommands);

        await simulation.TurnsAsync(40);

        Assert.Equal("OTHER_MEMBER", (await OperationsAsync(simulation))[0].Error?.Reason);
        Assert.Equal(["demo-etcd-4", "demo-etcd-6", "demo-etcd-9"], simulation.Fleet.Engine(simulation.Cluster.Ref).Etcd.Voters);
        Assert.Empty(simulation.Fleet.Audit);
    }

    private static async Task<(FakeHost Host, FakeVolume Volume, Instance Instance)> LoseAsync(Simulation simulation, string member)
    {
        var (host, container, instance) = await simulation.FindAsync(member);
        var volume = host.Volumes[instance.DataVolume];
        host.Containers.Remove(container.Name);
        host.Volumes.Remove(instance.DataVolume);
        return (host, volume, instance);
    }

    private static async Task AssertThreeAsync(Simulation simulation, params string[] members)
    {
        var etcd = simulation.Fleet.Engine(simulation.Cluster.Ref).Etcd;
        Assert.Equal(members.Order(StringComparer.Ordinal), etcd.Voters);
        Assert.Equal(members.Order(StringComparer.Ordinal), (await simulation.InstancesAsync()).Where(instance => instance.Profile.IsCoordinator).Select(instance => instance.Member).Order(StringComparer.Ordinal));
        foreach (var member in members)
        {
            var (host, container, instance) = await simulation.FindAsync(member);
            Assert.True(container.IsRunning && instance.Initialised && host.Records[instance.Id].Initialised, $"{member} runs with its data");
        }
        Assert.Equal(3, simulation.Fleet.Hosts.Sum(host => host.Containers.Values.Count(container => container.Kind == "etcd")));
        var keys = await simulation.Store.ReadAsync(reader => reader.ListCredentials(simulation.Cluster.Ref).Select(credential => credential.Role).Where(role => role.StartsWith("tls/", StringComparison.Ordinal)).ToList(), CancellationToken.None);
        Assert.Equal((await simulation.InstancesAsync()).Select(instance => $"tls/{instance.Id}").Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
    }

    private static async Task AssertQuietAsync(Simulation simulation)
    {
        await simulation.AssertSoundAsync("after it");
        simulation.Fleet.Audit.Clear();
        await simulation.TurnsAsync(15);
        Assert.Empty(simulation.Fleet.Audit);
    }

    private static async Task<IReadOnlyList<Operation>> OperationsAsync(Simulation simulation) => await simulation.Store.ReadAsync<IReadOnlyList<Operation>>(
        reader => [.. reader.ListOperations(new OperationFilter(null, null, null, 100)).Where(operation => operation.Kind == OperationKinds.PostgresClusterReplaceMember)], CancellationToken.None);

    private static async Task<Simulation> CreatedAsync()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        simulation.Fleet.Audit.Clear();
        return simulation;
    }
}
