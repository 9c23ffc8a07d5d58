using Agents.Controller.Execution.Engines.Patroni;
using Agents.Controller.Observation;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Controller.Tests.Execution;

/// <summary>When what the nodes of a cluster told stands for asking them.</summary>
public sealed class PatroniRestTests
{
    private readonly Cluster _cluster = A.Cluster();
    private readonly IReadOnlyList<Instance> _nodes;
    private readonly FleetView _fleet = new();
    private readonly SetClock _clock = new();

    /// <summary>A cluster at rest, on three hosts.</summary>
    public PatroniRestTests()
    {
        _nodes = [.. Enumerable.Range(1, 3).Select(number => A.Instance(_cluster, A.Host(number), InstanceKind.Postgres, number))];
        foreach (var node in _nodes)
        {
            _fleet.Update(node.HostId, seen => seen with
            {
                IsCurrent = true,
                LastSeenAt = A.Time,
                Reports = seen.Reports.SetItem(node.Id, Says(node, _nodes[0])),
            });
        }
    }

    [Fact]
    public void ObserveAtRest_AllHaveToldThatTheyAreAtRest_IsWhatTheyTold()
    {
        var seen = Observe();

        Assert.Equal((A.Time, true), (seen!.ObservedAt, seen.IsAtRest(3)));
        Assert.Equal([_nodes[0].Member], seen.Leaders);
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    [InlineData(-9, false)]
    public void ObserveAtRest_AgentNotHeardForAWhile_TheyAreToBeAsked(int seconds, bool stands)
    {
        _clock.Wall = A.Time.AddSeconds(seconds);

        Assert.Equal(stands, Observe() is not null);
    }

    [Fact]
    public void ObserveAtRest_HostThatHasNotReported_TheyAreToBeAsked() => Differs(_nodes[1], seen => seen with { IsCurrent = false });

    [Fact]
    public void ObserveAtRest_NodeThatSaysNothing_TheyAreToBeAsked() => Differs(_nodes[2], seen => seen with { Reports = seen.Reports.Remove(_nodes[2].Id) });

    [Fact]
    public void ObserveAtRest_WordOfANodeFromAnotherHost_IsNotTaken()
    {
        _fleet.Update(_nodes[0].HostId, seen => seen with { Reports = seen.Reports.SetItem(_nodes[2].Id, Says(_nodes[2], _nodes[0])) });

        Differs(_nodes[2], seen => seen with { Reports = seen.Reports.Clear() });
    }

    [Fact]
    public void ObserveAtRest_TwoThatLead_TheyAreToBeAsked() => Tells(_nodes[1], Says(_nodes[1], _nodes[0]) with { SelfIsLeader = true });

    [Fact]
    public void ObserveAtRest_NoneThatLeads_TheyAreToBeAsked() => Tells(_nodes[0], Says(_nodes[0], _nodes[0]) with { SelfIsLeader = false });

    [Fact]
    public void ObserveAtRest_ReplicaThatDoesNotStream_TheyAreToBeAsked() => Tells(_nodes[0], Says(_nodes[0], _nodes[0]) with { Sender = SenderReport.Nothing });

    private void Tells(Instance node, PatroniReport report) => Differs(node, seen => seen with { Reports = seen.Reports.SetItem(node.Id, report) });

    private void Differs(Instance node, Func<HostObservation, HostObservation> change)
    {
        Assert.NotNull(Observe());

        _fleet.Update(node.HostId, change);

        Assert.Null(Observe());
    }

    private ClusterObservation? Observe() => new PatroniDriver(null!, null!, null!, null!, null!, _fleet, _clock).ObserveAtRest(_cluster, _nodes);

    private PatroniReport Says(Instance node, Instance leader) => new(
        [.. _nodes.Select(member => new PatroniReport.Member(member.Member, member == leader ? "leader" : "replica", member == leader ? "running" : "streaming", 1, null))],
        Paused: false,
        SelfIsLeader: node == leader,
        node == leader
            ? new SenderReport([.. _nodes.Where(member => member != leader).Select(member => new ReplicationReport(member.Member, "streaming", "quorum", null, 0))], [])
            : SenderReport.Nothing);
}
