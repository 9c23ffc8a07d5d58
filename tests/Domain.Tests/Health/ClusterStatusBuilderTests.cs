using System.Collections.Immutable;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Tests.Planning;
using Agents.Testing;

namespace Agents.Domain.Tests.Health;

/// <summary>What is shown of a cluster: what was seen lately, and "unknown" for the rest.</summary>
public sealed class ClusterStatusBuilderTests
{
    private static readonly World _world = World.Converged();
    private static readonly ClusterObservation _report = new(
        _world.Cluster.Id, A.Time, [Member("demo-1", isPrimary: true, "running"), Replica("demo-2"), Replica("demo-3")], false, [Sight(1, NodeSight.Kind.Leads), Sight(2, NodeSight.Kind.Follows), Sight(3, NodeSight.Kind.Follows)]);

    [Fact]
    public void Build_AllWell_IsRunning()
    {
        var status = Build(_world, _report);

        Assert.Equal("running", status.Phase);
        Assert.Equal(
            [
                new Condition("Writable", true, "PrimaryLeads", "demo-1 is the primary and takes writes"),
                new Condition("Converged", true, "AllStreaming", "2 of 2 replicas stream"),
                new Condition("Durable", true, "ReplicasConfirm", "durability quorum: a commit waits for one of demo-2, demo-3"),
                new Condition("HostsReachable", true, "AllReady", "all hosts of the cluster are ready"),
            ],
            status.Conditions.ToArray());
        Assert.Equal(["primary running", "replica streaming", "replica streaming"], status.Nodes.Select(node => $"{node.Role} {node.State}"));
        Assert.Equal(["demo-etcd-4 h1 running", "demo-etcd-5 h2 running", "demo-etcd-6 h3 running", "demo-proxy-7 h1 running", "demo-proxy-8 h2 running"],
            status.Instances.Select(instance => $"{instance.Instance.Member} {instance.Host} {instance.State}"));
        Assert.Equal(A.Time, status.ObservedAt);
    }

    [Fact]
    public void Build_Member_ShowsWhatTheEngineSays()
    {
        var report = _report with
        {
            Members = _report.Members.SetItem(1, _report.Members[1] with { LagBytes = 4096, Lag = TimeSpan.FromSeconds(2), Timeline = 3, SyncState = "quorum" }),
        };

        var node = Build(_world, report).Nodes[1];

        Assert.Equal((4096L, TimeSpan.FromSeconds(2), 3, "quorum"), (node.LagBytes, node.Lag, node.Timeline, node.SyncState));
    }

    [Fact]
    public void Build_ReplicaMissing_IsDegraded()
    {
        var status = Build(_world, _report with { Members = _report.Members.RemoveAt(2) });

        Assert.Equal("degraded", status.Phase);
        Assert.Equal(new Condition("Converged", false, "ReplicasMissing", "1 of 2 replicas stream: demo-3: the engine does not know of it"), status.Conditions[1]);
        Assert.Equal("unknown running", $"{status.Nodes[2].Role} {status.Nodes[2].State}");
    }

    [Theory]
    [InlineData(Durability.Sync, "durability sync: no replica confirms commits now, so they survive the primary's disk alone")]
    [InlineData(Durability.Quorum, "durability quorum: no replica confirms commits now, so they survive the primary's disk alone")]
    [InlineData(Durability.Strict, "durability strict: no replica confirms commits now; they wait")]
    public void Build_NoReplicaConfirms_IsDegradedAndNotDurable(Durability durability, string message)
    {
        var status = Build(Asking(durability), _report with { Members = [.. _report.Members.Select(member => member with { SyncState = "async" })] });

        Assert.Equal("degraded", status.Phase);
        Assert.Equal(new Condition("Durable", false, "NoReplicaConfirms", message), status.Conditions[2]);
    }

    [Fact]
    public void Build_NoConfirmationsAskedFor_IsDurable()
    {
        var status = Build(Asking(Durability.Async), _report with { Members = [.. _report.Members.Select(member => member with { SyncState = "async" })] });

        Assert.Equal("running", status.Phase);
        Assert.Equal(new Condition("Durable", true, "NotAsked", "durability async: a commit waits for no replica"), status.Conditions[2]);
    }

    [Theory]
    [InlineData("streaming", "sync", true)]
    [InlineData("streaming", "quorum", true)]
    [InlineData("streaming", "potential", false)]
    [InlineData("streaming", "async", false)]
    [InlineData("catchup", "quorum", false)]
    public void Confirms_StateAndSyncState_BothCount(string state, string syncState, bool confirms) => Assert.Equal(confirms, DurabilityRules.Confirms(state, syncState));

    [Fact]
    public void Build_HostAway_IsDegradedAndNamed()
    {
        var status = Build(_world.See(3, (host, _) => host with { State = HostState.Suspect, StateReason = "its link was lost at 2026-03-01 12:00:00Z", IsCurrent = false, LastSeenAt = A.Time }), _report);

        Assert.Equal("degraded", status.Phase);
        Assert.Equal(new Condition("HostsReachable", false, "HostsAway", "not ready: h3: its link was lost at 2026-03-01 12:00:00Z"), status.Conditions[3]);
        Assert.Equal("unknown", status.Instances.Single(instance => instance.Instance.Ordinal == 6).State);
    }

    [Fact]
    public void Build_HostNeverHeardAndWithoutName_IsNamedByItsId()
    {
        var host = _world.Of(3).HostId;

        var status = ClusterStatusBuilder.Build(_world.Cluster, _world.Instances, Names().Remove(host), _world.Hosts.Remove(host), _report, [], A.Time);

        Assert.Equal($"not ready: {host}: its agent has not linked since the controller's start", status.Conditions[3].Message);
        Assert.Equal(host.ToString(), status.Nodes[2].Host);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Build_NoPrimaryThatTakesWrites_IsUnavailable(bool hasPrimary)
    {
        var members = hasPrimary ? _report.Members : _report.Members.SetItem(0, Member("demo-1", isPrimary: false, "running"));

        var status = Build(_world, _report with { Members = members, Nodes = _report.Nodes.SetItem(0, Sight(1, NodeSight.Kind.Follows)) });

        Assert.Equal("unavailable", status.Phase);
        Assert.Equal(new Condition("Writable", false, "NoPrimary", "no primary takes writes"), status.Conditions[0]);
        Assert.False(status.Conditions[1].Status);
    }

    [Fact]
    public void Build_ReportAtItsLimit_StillCounts() => Assert.Equal("running", Build(_world, _report, ClusterObservation.FreshFor).Phase);

    [Fact]
    public void Build_StaleReport_CountsAsNone()
    {
        var status = Build(_world, _report, ClusterObservation.FreshFor + TimeSpan.FromTicks(1));

        Assert.Equal("unknown", status.Phase);
        Assert.Equal([null, null, null, true], status.Conditions.Select(condition => condition.Status));
        Assert.Equal(new Condition("Writable", null, "NoSight", "no node of the cluster has answered in the last seconds"), status.Conditions[0]);
        Assert.All(status.Nodes, node => Assert.Equal(("unknown", "running", null, 0), (node.Role, node.State, node.LagBytes, node.Timeline)));
        Assert.Equal(A.Time, status.ObservedAt);
    }

    [Fact]
    public void Build_ReportOfATimeToCome_CountsAsNone() => Assert.Equal("unknown", Build(_world, _report, -TimeSpan.FromHours(1)).Phase);

    [Fact]
    public void Build_NeverReported_IsUnknown()
    {
        var status = Build(_world, null);

        Assert.Equal("unknown", status.Phase);
        Assert.Null(status.ObservedAt);
    }

    [Theory]
    [InlineData(ClusterLifecycle.Creating, "creating")]
    [InlineData(ClusterLifecycle.Deleting, "deleting")]
    [InlineData(ClusterLifecycle.Deleted, "deleted")]
    [InlineData(ClusterLifecycle.Undeleting, "undeleting")]
    public void Build_Lifecycle_ComesFirst(ClusterLifecycle lifecycle, string phase) =>
        Assert.Equal(phase, Build(_world with { Cluster = _world.Cluster with { Lifecycle = lifecycle } }, _report).Phase);

    [Fact]
    public void Build_PrimaryIsSeenToBeDownSinceItSaidThatItLeads_TakesNoWrites()
    {
        var status = Build(_world.Container(1, ContainerState.Exited, 137), _report);

        Assert.Equal(("unavailable", new Condition("Writable", false, "PrimaryDown", "demo-1: its container has exited with code 137")), (status.Phase, status.Conditions[0]));
        Assert.Equal("exited", status.Nodes[0].State);
    }

    [Fact]
    public void Build_AllNodesAreSeenToBeDown_WhatTheySaidBeforeCountsNoMore()
    {
        var status = Build(Enumerable.Range(1, 3).Aggregate(_world, (world, ordinal) => world.Container(ordinal, ContainerState.Exited)), _report);

        Assert.Equal(("unavailable", "NodesDown"), (status.Phase, status.Conditions[0].Reason));
        Assert.All(status.Nodes, node => Assert.Equal(("unknown", "exited"), (node.Role, node.State)));
    }

    [Theory]
    [InlineData(ContainerState.Exited, true, "stopped", "Stopped")]
    [InlineData(ContainerState.Running, true, "stopping", "NoSight")]
    [InlineData(ContainerState.Paused, true, "stopping", "Stopped")]
    [InlineData(ContainerState.Exited, false, "unknown", "NoSight")]
    public void Build_MeantToBeStopped_SaysWhatIsSeenOfThat(ContainerState stateOfOne, bool isSeen, string phase, string reason)
    {
        var world = _world.Instances.Aggregate(_world, (changed, instance) => changed.Container(instance.Ordinal, instance.Ordinal == 1 ? stateOfOne : ContainerState.Exited));
        world = world with { Cluster = world.Cluster with { Stopped = new Stopped { Nodes = [] } } };

        var status = Build(isSeen ? world : world.See(1, (host, _) => host with { IsCurrent = false }), null);

        Assert.Equal((phase, reason), (status.Phase, status.Conditions[0].Reason));
    }

    [Theory]
    [InlineData(ContainerState.Created, "created")]
    [InlineData(ContainerState.Running, "running")]
    [InlineData(ContainerState.Paused, "paused")]
    [InlineData(ContainerState.Restarting, "restarting")]
    [InlineData(ContainerState.Removing, "removing")]
    [InlineData(ContainerState.Exited, "exited")]
    [InlineData(ContainerState.Dead, "dead")]
    [InlineData(ContainerState.Unknown, "unknown")]
    public void Build_EngineSilent_ShowsTheContainersState(ContainerState state, string text) => Assert.Equal(text, Build(_world.Container(1, state), null).Nodes[0].State);

    [Fact]
    public void Build_NoContainer_IsMissing() => Assert.Equal("missing", Build(_world.WithoutContainer(1), null).Nodes[0].State);

    [Fact]
    public void Build_Proxies_AreTheEndpoints()
    {
        var status = Build(_world, _report);

        Assert.Equal(
            [new("read_write", "10.0.0.1", 20004), new("read_write", "10.0.0.2", 20004), new("read_only", "10.0.0.1", 20005), new Endpoint("read_only", "10.0.0.2", 20005)],
            status.Endpoints.ToArray());
        Assert.Equal("postgresql://app@10.0.0.1:20004,10.0.0.2:20004/app?sslmode=require&channel_binding=require&connect_timeout=5&keepalives_idle=60&keepalives_interval=10&keepalives_count=6&target_session_attrs=read-write", status.ConnectionString);
    }

    [Fact]
    public void Build_NothingPlaced_HasNoConnectionString()
    {
        var status = Build(_world with { Instances = [] }, null);

        Assert.Empty(status.Endpoints);
        Assert.Equal("", status.ConnectionString);
    }

    [Fact]
    public void Build_OperationHasEnded_NothingIsHeldByItAnyMore()
    {
        ImmutableArray<HeldBack> held = [new HeldBack(new Hold("all", Hold.OperationInProgress, "operation 1 holds the cluster"), A.Time), new HeldBack(new Hold("demo-2", Hold.Fenced, "it is fenced"), A.Time)];

        Assert.Equal([Hold.Fenced], Reasons(_world.Cluster with { HeldBy = null }));
        Assert.Equal([Hold.OperationInProgress, Hold.Fenced], Reasons(_world.Cluster with { HeldBy = A.Operation().Id }));

        IEnumerable<string> Reasons(Cluster cluster) => ClusterStatusBuilder.Build(cluster, _world.Instances, Names(), _world.Hosts, _report, held, A.Time).Held.Select(left => left.Hold.Reason);
    }

    [Fact]
    public void IsConverged_TwoPrimariesInOneReport_IsFalse() =>
        Assert.False((_report with { Members = _report.Members.Add(Member("demo-9", isPrimary: true, "running")) }).IsConverged(3));

    [Fact]
    public void NeverHeard_Host_IsDisconnectedAndNotCurrent()
    {
        var host = HostObservation.NeverHeard(A.Host().Id);

        Assert.Equal((HostState.Disconnected, false, null), (host.State, host.IsCurrent, host.LastSeenAt));
        Assert.Equal("its agent has not linked since the controller's start", host.StateReason);
        Assert.Empty(host.Networks);
        Assert.Empty(host.AgentVersion);
    }

    private static ClusterStatus Build(World world, ClusterObservation? report, TimeSpan age = default) =>
        ClusterStatusBuilder.Build(world.Cluster, world.Instances, Names(), world.Hosts, report, [], A.Time + age);

    private static ImmutableDictionary<HostId, string> Names() => Enumerable.Range(1, 3).ToImmutableDictionary(number => A.Host(number).Id, number => A.Host(number).Name);

    private static World Asking(Durability durability) => _world with { Cluster = _world.Cluster with { Effective = _world.Cluster.Effective with { Durability = durability } } };

    private static NodeSight Sight(int ordinal, NodeSight.Kind answer) => new(_world.Of(ordinal).Member, answer);

    private static MemberObservation Replica(string name) => Member(name, isPrimary: false, "streaming") with { SyncState = "quorum" };

    private static MemberObservation Member(string name, bool isPrimary, string state) => new() { Name = name, IsPrimary = isPrimary, State = state, Timeline = 1 };
}
