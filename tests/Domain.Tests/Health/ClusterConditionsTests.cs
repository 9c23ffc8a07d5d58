using System.Collections.Immutable;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Tests.Planning;
using Agents.Testing;

namespace Agents.Domain.Tests.Health;

/// <summary>The conditions in three values: what nobody in sight knows is never said to be false.</summary>
public sealed class ClusterConditionsTests
{
    private static readonly World _world = World.Converged();
    private static readonly NodeSight.Kind[] _answers = Enum.GetValues<NodeSight.Kind>();

    [Fact]
    public void Writable_PrimarysHostOutOfSight_IsUnknownAndSaysWhoSaysWhat()
    {
        var status = Build(_world, Report(1, NodeSight.Kind.OutOfSight, NodeSight.Kind.Follows, NodeSight.Kind.Follows));

        Assert.Equal("unknown", status.Phase);
        Assert.Equal(new Condition("Writable", null, "PrimaryOutOfSight", "demo-2 and demo-3 say that demo-1 leads, and it was not asked: out of sight"), status.Conditions[0]);
        Assert.Equal(("Converged", null, "PrimaryOutOfSight"), (status.Conditions[1].Type, status.Conditions[1].Status, status.Conditions[1].Reason));
        Assert.Equal(("Durable", null, "PrimaryOutOfSight"), (status.Conditions[2].Type, status.Conditions[2].Status, status.Conditions[2].Reason));
    }

    [Fact]
    public void Writable_PrimarySeenDown_IsFalseAndSaysHow() => Assert.Equal(
        new Condition("Writable", false, "PrimaryDown", "demo-1: its container has exited with code 137"),
        Build(_world.Container(1, ContainerState.Exited, 137), Report(1, NodeSight.Kind.Silent, NodeSight.Kind.Follows, NodeSight.Kind.Follows)).Conditions[0]);

    [Fact]
    public void Writable_PrimaryRunsAndDoesNotAnswer_IsUnknown() => Assert.Equal(
        new Condition("Writable", null, "PrimarySilent", "demo-2 says that demo-1 leads, and it does not answer: silent"),
        Build(_world, Report(1, NodeSight.Kind.Silent, NodeSight.Kind.Follows, NodeSight.Kind.OutOfSight)).Conditions[0]);

    [Fact]
    public void Writable_NobodyNamedAndOneOutOfSight_IsUnknown() => Assert.Equal(
        new Condition("Writable", null, "NoPrimaryInSight", "no node in sight leads; not asked: demo-1: out of sight"),
        Build(_world, Report(0, NodeSight.Kind.OutOfSight, NodeSight.Kind.Follows, NodeSight.Kind.Follows)).Conditions[0]);

    [Fact]
    public void Writable_NobodyAnswers_NamesTheHostsOutOfSight() => Assert.Equal(
        new Condition("Writable", null, "NoSight", "no node of the cluster has answered in the last seconds: demo-2 on h2: its link was lost at 2026-03-01 12:00:00Z"),
        Build(Away(2), null).Conditions[0]);

    [Fact]
    public void Writable_EveryNodeSeenDown_IsFalse()
    {
        var status = Build(_world.Container(1, ContainerState.Exited, 1).Container(2, ContainerState.Created).WithoutContainer(3), null);

        Assert.Equal("unavailable", status.Phase);
        Assert.Equal(
            new Condition("Writable", false, "NodesDown", "no node runs: demo-1: its container has exited with code 1; demo-2: its container was never started; demo-3: its container is missing on h3"),
            status.Conditions[0]);
    }

    [Fact]
    public void Writable_EveryNodeSeenDownButOne_IsUnknown() =>
        Assert.Null(Build(Away(3, _world.WithoutContainer(1).WithoutContainer(2)), null).Conditions[0].Status);

    [Fact]
    public void TwoPrimaries_TwoLead_IsAConditionOfItsOwnWithTheirNames()
    {
        var status = Build(_world, Report(1, NodeSight.Kind.Leads, NodeSight.Kind.Follows, NodeSight.Kind.Leads));

        Assert.Equal("degraded", status.Phase);
        var condition = Assert.Single(status.Conditions, condition => condition.Type == "TwoPrimaries");
        Assert.Equal((true, "SeveralLead"), (condition.Status, condition.Reason));
        Assert.StartsWith("demo-1 and demo-3 each say that they lead", condition.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FailoverPaused_Paused_IsSaid() =>
        Assert.Contains(Build(_world, Report(1, NodeSight.Kind.Leads, NodeSight.Kind.Follows, NodeSight.Kind.Follows) with { Paused = true }).Conditions, condition => condition is { Type: "FailoverPaused", Status: true });

    [Fact]
    public void Converged_SlotLost_IsNamed() => Assert.Equal(
        "1 of 2 replicas stream: demo-3: its replication slot was given up by the primary, which no longer has what it lacks: it must be made anew",
        Converged(_world, Replica(3, "running") with { IsSlotLost = true }).Message);

    [Fact]
    public void Converged_StartFailed_SaysWhy() => Assert.Equal(
        "1 of 2 replicas stream: demo-3: its start failed: no space left on device",
        Converged(_world.Record(3, record => record with { StartError = "no space left on device" }), Replica(3, "stopped")).Message);

    [Fact]
    public void Converged_ArchiveRecovery_IsNamed() => Assert.Equal(
        "1 of 2 replicas stream: demo-3: it replays from the archive, and does not stream from the primary", Converged(_world, Replica(3, "in archive recovery")).Message);

    [Theory]
    [InlineData(ContainerState.Exited, "demo-3: its container has exited with code 0")]
    [InlineData(ContainerState.Paused, "demo-3: its container is paused")]
    [InlineData(ContainerState.Dead, "demo-3: its container is dead")]
    [InlineData(ContainerState.Restarting, "demo-3: it is stopped")]
    public void Converged_ContainerDoesNotRun_IsNamed(ContainerState state, string reason) =>
        Assert.Equal($"1 of 2 replicas stream: {reason}", Converged(_world.Container(3, state), Replica(3, "stopped")).Message);

    [Fact]
    public void Converged_ReplicaOutOfSight_SaysSo() =>
        Assert.Equal("1 of 2 replicas stream: demo-3 on h3: its link was lost at 2026-03-01 12:00:00Z", Converged(Away(3), null).Message);

    [Fact]
    public void HostsReachable_NotHeardSinceTheStart_IsUnknown()
    {
        var condition = Build(_world.See(1, (host, _) => HostObservation.NeverHeard(host.HostId)), Report(1, NodeSight.Kind.Leads, NodeSight.Kind.Follows, NodeSight.Kind.Follows)).Conditions[3];

        Assert.Equal((null, "HostsNotHeard"), (condition.Status, condition.Reason));
    }

    /// <summary>All ways in which three nodes can answer, be seen to run, and name a leader.</summary>
    [Fact]
    public void All_EveryCombination_SaysFalseOnlyOfWhatWasSeen()
    {
        foreach (var (answers, named, downs) in Combinations())
        {
            var world = downs.Aggregate(_world, (changed, ordinal) => changed.Container(ordinal, ContainerState.Exited, 1));
            var status = Build(world, Report(named, answers));
            var (writable, leaders) = (status.Conditions[0], answers.Count(answer => answer == NodeSight.Kind.Leads));
            var what = $"{string.Join(' ', answers)} named {named} down {string.Join(' ', downs)}: {writable}";

            Assert.True(leaders == 0 || writable.Status == true, what);
            Assert.True(writable.Status != true || leaders > 0, what);
            Assert.True(leaders > 1 == status.Conditions.Any(condition => condition.Type == "TwoPrimaries"), what);
            Assert.True(leaders <= 1 || status.Phase == "degraded", what);
            Assert.True(writable.Status != false || downs.Contains(named) || answers.All(answer => answer != NodeSight.Kind.OutOfSight), what);
            Assert.True(answers.Any(answer => answer != NodeSight.Kind.Follows) || writable.Status == false, what);
            Assert.True((writable.Status is null) == (status.Phase == "unknown"), what);
            Assert.All(status.Conditions, condition => Assert.True(condition.Reason.Length > 0 && condition.Message.Length > 0, what));
        }
    }

    private static IEnumerable<(NodeSight.Kind[] Answers, int Named, int[] Downs)> Combinations() =>
        from first in _answers
        from second in _answers
        from third in _answers
        where new[] { first, second, third }.Any(answer => answer is NodeSight.Kind.Follows or NodeSight.Kind.Leads) // Without an answer there is no report.
        from named in Enumerable.Range(0, 4)
        from down in Enumerable.Range(0, 8)
        let answers = new[] { first, second, third }
        let downs = Enumerable.Range(1, 3).Where(ordinal => (down & (1 << (ordinal - 1))) != 0).ToArray()
        where downs.All(ordinal => answers[ordinal - 1] == NodeSight.Kind.Silent) // What has ended does not answer, and its host is in sight.
        select (answers, named, downs);

    private static Condition Converged(World world, MemberObservation? third)
    {
        var report = Report(1, NodeSight.Kind.Leads, NodeSight.Kind.Follows, NodeSight.Kind.Follows);
        var members = report.Members.RemoveAt(2);
        return Build(world, report with { Members = third is null ? members : members.Add(third) }).Conditions[1];
    }

    private static World Away(int ordinal, World? world = null) => (world ?? _world).See(
        ordinal, (host, _) => host with { State = HostState.Suspect, StateReason = "its link was lost at 2026-03-01 12:00:00Z", IsCurrent = false, LastSeenAt = A.Time });

    /// <summary>A report in which the node of an ordinal is said to lead; nobody when 0.</summary>
    private static ClusterObservation Report(int named, params NodeSight.Kind[] answers) => new(
        _world.Cluster.Id,
        A.Time,
        [.. Enumerable.Range(1, 3).Select(ordinal => ordinal == named ? Replica(ordinal, "running") with { IsPrimary = true, SyncState = "" } : Replica(ordinal, "streaming"))],
        Paused: false,
        [.. answers.Select((answer, index) => new NodeSight(_world.Of(index + 1).Member, answer, answer switch
        {
            NodeSight.Kind.OutOfSight => "out of sight",
            NodeSight.Kind.Silent => "silent",
            NodeSight.Kind.Follows or NodeSight.Kind.Leads => "",
        }))]);

    private static MemberObservation Replica(int ordinal, string state) => new() { Name = _world.Of(ordinal).Member, IsPrimary = false, State = state, Timeline = 1, SyncState = "quorum" };

    private static ClusterStatus Build(World world, ClusterObservation? report) => ClusterStatusBuilder.Build(
        world.Cluster, world.Instances, Enumerable.Range(1, 3).ToImmutableDictionary(number => A.Host(number).Id, number => A.Host(number).Name), world.Hosts, report, [], A.Time);
}
