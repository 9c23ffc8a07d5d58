using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Testing;

namespace Agents.Domain.Tests.Planning;

/// <summary>Every branch of the planner, each with its reason.</summary>
public sealed class PlannerTests
{
    private static readonly World _world = World.Converged();

    [Fact]
    public void Decide_Converged_Nothing() => AssertPlan(_world, [], []);

    [Theory]
    [InlineData(ClusterLifecycle.Creating)]
    [InlineData(ClusterLifecycle.Deleting)]
    [InlineData(ClusterLifecycle.Deleted)]
    public void Decide_NotActive_Nothing(ClusterLifecycle lifecycle) =>
        AssertPlan(_world.WithoutContainer(1) with { Cluster = _world.Cluster with { Lifecycle = lifecycle } }, [], []);

    [Fact]
    public void Decide_ObserveOnly_Holds() => AssertPlan(
        _world.WithoutContainer(1) with { ObserveOnly = true }, [], ["the store is older than what agents have obeyed: confirm the restore first"]);

    [Fact]
    public void Decide_HeldByAnOperation_Holds()
    {
        var operation = A.Operation().Id;

        AssertPlan(_world.WithoutContainer(1) with { Cluster = _world.Cluster with { HeldBy = operation } }, [], [$"operation {operation} holds the cluster"]);
    }

    [Fact]
    public void Decide_StaleSight_LeavesEveryInstanceOfTheHostAlone() => AssertPlan(
        _world.WithoutContainer(3).See(3, (host, _) => host with { IsCurrent = false }),
        [],
        ["demo-etcd-6: its host has not reported on its current link", "demo-3: its host has not reported on its current link"]);

    [Fact]
    public void Decide_EngineDoesNotAnswer_SaysThatAndNotThatTheHostIsSilent() => AssertPlan(
        _world.WithoutContainer(3).See(3, (host, _) => host with { IsCurrent = false, State = HostState.Suspect, StateReason = "Docker does not answer: connection refused" }),
        [],
        [
            "demo-etcd-6: its host is not seen: Docker does not answer: connection refused",
            "demo-3: its host is not seen: Docker does not answer: connection refused",
        ]);

    [Fact]
    public void Decide_HostNeverHeard_LeavesItAlone() => AssertPlan(
        _world with { Hosts = _world.Hosts.Remove(_world.Of(3).HostId) },
        [],
        ["demo-etcd-6: its host has not reported on its current link", "demo-3: its host has not reported on its current link"]);

    [Fact]
    public void Decide_ContainerMissing_MadeAnew() => AssertPlan(_world.WithoutContainer(1), ["Ensure demo-1: its container is missing"], []);

    [Fact]
    public void Decide_ManyMissing_CoordinationBeforeNodesBeforeProxies() => AssertPlan(
        _world.WithoutContainer(7).WithoutContainer(1).WithoutContainer(4).WithoutContainer(2),
        ["Ensure demo-etcd-4: its container is missing", "Ensure demo-1: its container is missing", "Ensure demo-2: its container is missing", "Ensure demo-proxy-7: its container is missing"],
        []);

    [Fact]
    public void Decide_MissingWhileTheFleetIsSilent_NothingMadeAnew() => AssertPlan(
        _world.WithoutContainer(1) with { FleetIsSilent = true },
        [],
        ["demo-1: its container is missing, and nothing is made anew while so many hosts are silent"]);

    [Theory]
    [InlineData(1, "demo-1")]
    [InlineData(4, "demo-etcd-4")]
    public void Decide_DataVolumeGone_NeverStartedOverAnEmptyOne(int ordinal, string member) => AssertPlan(
        _world.WithoutContainer(ordinal).WithoutData(ordinal), [], [$"{member}: its data volume {_world.Of(ordinal).DataVolume} is gone; it is not started over an empty one"]);

    [Theory]
    [InlineData(ContainerState.Exited)]
    [InlineData(ContainerState.Created)]
    public void Decide_VolumeOfANodeEmptied_GetsItsDataFromThePrimary(ContainerState state) => AssertPlan(
        _world.Troubled(2, Hold.DataGone).Container(2, state), ["Rebuild demo-2: its data is not in its volume any more, and demo-1 has it"], []);

    [Fact]
    public void Decide_VolumeOfANodeEmptied_StaysDownWhileNobodyIsSeenToHaveItsData()
    {
        var held = $"demo-2: its data is not in its volume {_world.Of(2).DataVolume} any more; it is not started over an empty one";
        var emptied = _world.Troubled(2, Hold.DataGone);

        AssertPlan(emptied with { Primary = null }, [], [held]);
        AssertPlan(emptied with { Primary = "demo-2" }, [], [held]);
        AssertPlan(emptied with { FleetIsSilent = true }, [], [held]);
        AssertPlan(emptied.Container(1, ContainerState.Exited), [], [held]);
        AssertPlan(emptied.Record(2, record => record with { Want = InstanceWant.Fenced }), [], [held]);
    }

    [Fact]
    public void Decide_VolumeOfANodeWithOtherData_IsAPersonsMatter() => AssertPlan(
        _world.Troubled(2, Hold.DataForeign), [], [$"demo-2: its data volume {_world.Of(2).DataVolume} holds other data than it had; it is not started over that"]);

    [Fact]
    public void Decide_RunsAgainSinceItsDataWasMissed_IsLeftAlone() => AssertPlan(_world.Troubled(2, Hold.DataGone).Container(2, ContainerState.Running), [], []);

    [Fact]
    public void Decide_StreamsAndIsNotNotedToHoldData_IsNoted()
    {
        var world = _world with { Instances = [.. _world.Instances.Select(instance => instance with { Initialised = !instance.Profile.IsNode })] };

        AssertPlan(world, ["NoteData demo-1: it holds data now", "NoteData demo-2: it holds data now"], []);
        AssertPlan(world.Container(1, ContainerState.Exited), ["NoteData demo-2: it holds data now"], []); // What it said last is some seconds old.
    }

    [Fact]
    public void Decide_NotAllOfTheHostTold_WhatIsNotAmongItIsLeftAlone() => AssertPlan(
        _world.WithoutContainer(1).WithoutData(1).See(1, (host, _) => host with { IsTruncated = true }),
        [],
        ["demo-1: its host has more than it tells, and not all of this instance is among that"]);

    [Fact]
    public void Decide_DataVolumeOfAProxy_IsNotMissed() =>
        AssertPlan(_world.WithoutContainer(7).WithoutData(7), ["Ensure demo-proxy-7: its container is missing"], []);

    [Fact]
    public void Decide_NeverInitialised_MadeAnewWithItsVolume()
    {
        var world = _world.WithoutContainer(1).WithoutData(1);

        AssertPlan(world with { Instances = [.. world.Instances.Select(instance => instance with { Initialised = instance.Ordinal != 1 })] }, ["Ensure demo-1: its container is missing"], []);
    }

    [Theory]
    [InlineData(ContainerState.Paused, 1, "demo-1: its container is paused, which a person did")]
    [InlineData(ContainerState.Removing, 4, "demo-etcd-4: its container is removing, which a person did")]
    [InlineData(ContainerState.Dead, 7, "demo-proxy-7: its container is dead, which a person did")]
    public void Decide_APersonsDoing_LeftAlone(ContainerState state, int ordinal, string reason) => AssertPlan(_world.Container(ordinal, state), [], [reason]);

    [Theory]
    [InlineData(ContainerState.Exited)]
    [InlineData(ContainerState.Created)]
    [InlineData(ContainerState.Restarting)]
    [InlineData(ContainerState.Unknown)]
    public void Decide_NodeWantedButNotRunning_IsItsAgentsMatter(ContainerState state) => AssertPlan(_world.Container(1, state), [], []);

    [Fact]
    public void Decide_NodeWithoutRecord_Ensured() =>
        AssertPlan(_world.See(1, (host, instance) => host with { Instances = host.Instances.Remove(instance.Id) }), ["Ensure demo-1: its agent has no record of it"], []);

    [Fact]
    public void Decide_NodeWithoutConfiguration_Ensured() =>
        AssertPlan(_world.Record(1, record => record with { ConfigHash = "" }), ["Ensure demo-1: its configuration was never written completely"], []);

    [Theory]
    [InlineData(1, "demo-1")]
    [InlineData(4, "demo-etcd-4")]
    [InlineData(7, "demo-proxy-7")]
    public void Decide_AnotherConfiguration_PutIntoForce(int ordinal, string member) => AssertPlan(
        _world.Record(ordinal, record => record with { ConfigHash = "another" }), [$"Configure {member}: its configuration is another than it should be"], []);

    [Fact]
    public void Decide_HalfAConfiguration_PutIntoForce() => AssertPlan(
        _world.Record(1, record => record with { ConfigComplete = false }), ["Configure demo-1: its configuration was not written to its end"], []);

    [Fact]
    public void Decide_SeveralConfigurations_OneAtATime() => AssertPlan(
        _world.Record(1, record => record with { ConfigHash = "another" }).Record(2, record => record with { ConfigHash = "another" }),
        ["Configure demo-1: its configuration is another than it should be"],
        ["demo-2: its configuration is another than it should be, and another was put into force just now"]);

    [Fact]
    public void Decide_ConfigurationWhileNoneMayBe_Waits() => AssertPlan(
        _world.Record(7, record => record with { ConfigHash = "another" }) with { MayConfigure = false },
        [],
        ["demo-proxy-7: its configuration is another than it should be, and another was put into force just now"]);

    [Fact]
    public void Decide_ConfigurationThatNeedsAStart_WaitsForTheOthers() => AssertPlan(
        _world.Record(4, record => record with { ConfigHash = "another" }).Container(5, ContainerState.Exited),
        [],
        ["demo-etcd-4: its configuration is another than it should be, and it is started again only while all other etcd members run"]);

    [Fact]
    public void Decide_ConfigurationOfWhatIsDown_WaitsForNobody() => AssertPlan(
        _world.Record(4, record => record with { ConfigHash = "another", Want = InstanceWant.Stopped }).Container(4, ContainerState.Exited)
            .Record(5, record => record with { ConfigComplete = false }).Container(5, ContainerState.Exited),
        ["Configure demo-etcd-4: its configuration is another than it should be"],
        ["demo-etcd-5: its configuration was not written to its end, and another was put into force just now"]);

    [Theory]
    [InlineData(1, "demo-1")]
    [InlineData(4, "demo-etcd-4")]
    [InlineData(7, "demo-proxy-7")]
    public void Decide_OutOfItsNetwork_MadeAgainOverItsVolumes(int ordinal, string member) =>
        AssertPlan(_world.Detached(ordinal), [$"Remake {member}: its container is not in its network any more"], []);

    [Fact]
    public void Decide_OutOfItsNetworkWhileTheFleetIsSilent_LeftAlone() => AssertPlan(
        _world.Detached(1) with { FleetIsSilent = true }, [], ["demo-1: its container is not in its network any more, and nothing is made anew while so many hosts are silent"]);

    [Fact]
    public void Decide_OutOfItsNetworkAndFenced_LeftAlone() =>
        AssertPlan(_world.Detached(1).Record(1, record => record with { Want = InstanceWant.Fenced }), [], ["demo-1: it is fenced"]);

    [Fact]
    public void Decide_StartFailedAndVolumeGone_DataIsGone() => AssertPlan(
        _world.Container(1, ContainerState.Exited).WithoutData(1).Record(1, record => record with { StartError = "the volume is gone" }),
        [],
        [$"demo-1: its data volume {_world.Of(1).DataVolume} is gone; it is not started over an empty one"]);

    [Fact]
    public void Decide_VolumeNotToldYetOfWhatRuns_IsNoLoss() => AssertPlan(_world.WithoutData(1).WithoutData(4), [], []);

    [Fact]
    public void Decide_ServiceWithoutRecord_Ensured() =>
        AssertPlan(_world.See(7, (host, instance) => host with { Instances = host.Instances.Remove(instance.Id) }), ["Ensure demo-proxy-7: its agent has no record of it"], []);

    [Theory]
    [InlineData(InstanceWant.Stopped, "stopped")]
    [InlineData(InstanceWant.Unspecified, "unspecified")]
    public void Decide_NodeNotWanted_WantedAgain(InstanceWant want, string word) =>
        AssertPlan(_world.Record(1, record => record with { Want = want }), [$"WantRunning demo-1: its agent's record says {word}"], []);

    [Fact]
    public void Decide_NodeFenced_LeftAlone() => AssertPlan(_world.Record(1, record => record with { Want = InstanceWant.Fenced }), [], ["demo-1: it is fenced"]);

    [Fact]
    public void Decide_ServiceExited_Started() => AssertPlan(_world.Container(7, ContainerState.Exited, 137), ["Start demo-proxy-7: its container has exited with code 137"], []);

    [Fact]
    public void Decide_ServiceNeverStarted_Ensured() => AssertPlan(_world.Container(7, ContainerState.Created), ["Ensure demo-proxy-7: its container was never started"], []);

    [Fact]
    public void Decide_ServiceRestarting_IsDockersMatter() => AssertPlan(_world.Container(7, ContainerState.Restarting), [], []);

    [Fact]
    public void Decide_ServiceStateUnknown_LeftAlone() => AssertPlan(_world.Container(7, ContainerState.Unknown), [], ["demo-proxy-7: the state of its container is not known"]);

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 1, false)]
    [InlineData(3, 0, false)]
    [InlineData(3, 2, false)]
    [InlineData(3, 3, true)]
    [InlineData(4, 2, false)]
    [InlineData(4, 3, true)]
    [InlineData(10, 3, false)]
    [InlineData(10, 4, true)]
    [InlineData(1000, 300, false)]
    [InlineData(1000, 301, true)]
    public void IsFleetSilent_SilentHosts_AboveTwoAndThirtyPercent(int hosts, int silent, bool isSilent)
    {
        var states = Enumerable.Range(0, hosts).Select(index => index < silent ? HostState.Disconnected : index % 2 == 0 ? HostState.Ready : HostState.Suspect).ToList();

        Assert.Equal(isSilent, Planner.IsFleetSilent(states));
    }

    private static void AssertPlan(World world, IEnumerable<string> actions, IEnumerable<string> held)
    {
        var plan = world.Decide();

        Assert.Equal(actions, plan.Actions.Select(action => $"{action.Kind} {action.Instance.Member}: {action.Reason}"));
        Assert.Equal(held, plan.Held.Select(hold => hold.ToString()));
    }
}
