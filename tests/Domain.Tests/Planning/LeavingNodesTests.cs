using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Testing;

namespace Agents.Domain.Tests.Planning;

/// <summary>Which nodes a cluster can do without, and which it cannot.</summary>
public sealed class LeavingNodesTests
{
    private static readonly World s_world = World.Converged();

    [Fact]
    public void Choose_TheOneThatIsWorthLeast_NeverThePrimary()
    {
        Assert.Equal([("demo-3", "of those that stream it came last"), ("demo-2", "of those that stream it came last")], Chosen(Rules("streaming", "streaming"), 5));
        Assert.Equal([("demo-2", "its host is cordoned")], Chosen(Rules("streaming", "streaming") with { Cordoned = Hosts(2) }, 1));
        Assert.Equal([("demo-2", "it does not stream: it is starting")], Chosen(Rules("starting", "streaming") with { Cordoned = Hosts(3) }, 1));
        Assert.Equal([("demo-2", "it does not stream: it is not seen")], Chosen(Rules("", "streaming"), 1));
        Assert.Equal([("demo-2", "its host is away")], Chosen(Rules("", "starting") with { Away = Hosts(2) }, 1));
        Assert.Equal([("demo-3", "of those that stream it came last"), ("demo-2", "no other can go")], Chosen(Rules("streaming", "streaming") with { Away = Hosts(2) }, 2));
    }

    [Theory]
    [InlineData(Durability.Quorum, 3, "streaming", null)]
    [InlineData(Durability.Quorum, 3, "starting", "with durability quorum commits wait for a replica, and of those that would stay none confirms them now (demo-2 is starting)")]
    [InlineData(Durability.Async, 3, "starting", null)]
    [InlineData(Durability.Quorum, 1, "streaming", "demo-1 is the primary: hand the lead over first (agentctl postgres cluster switchover demo)")]
    public void ProblemOf_OneThatGoes(Durability durability, int leaving, string second, string? problem) =>
        Assert.Equal(problem, (Rules(second, "streaming") with { Cluster = Of(durability) }).ProblemOf([s_world.Of(leaving)]));

    [Fact]
    public void DurabilitySync_OneConfirms_TheOtherGoesFirst_AndEitherMay()
    {
        var rules = Rules("streaming", "streaming") with { Cluster = Of(Durability.Sync) };
        rules = rules with { Seen = rules.Seen with { Members = [.. rules.Seen.Members.Select(member => member with { SyncState = member.Name == "demo-3" ? "sync" : "async" })] } };

        Assert.Equal([("demo-2", "it streams, and no commit waits for it")], Chosen(rules, 1));
        Assert.Null(rules.ProblemOf([s_world.Of(2)]));
        Assert.Null(rules.ProblemOf([s_world.Of(3)])); // Another takes its part before it is stopped.
        Assert.Equal(
            "with durability sync commits wait for a replica, and of those that would stay none streams now (demo-2 is starting)",
            (Rules("starting", "streaming") with { Cluster = Of(Durability.Sync) }).ProblemOf([s_world.Of(3)]));
    }

    [Fact]
    public void ProblemOf_OneThatRunsOnAHostThatIsAway_StaysWhateverItsState() => Assert.StartsWith(
        "demo-3 runs, and its host is away: nobody can stop it", (Rules("streaming", "starting") with { Away = Hosts(3), Cluster = Of(Durability.Async) }).ProblemOf([s_world.Of(3)]), StringComparison.Ordinal);

    [Theory]
    [InlineData(Durability.Sync, "with durability sync commits wait for a replica: at least 2 nodes stay")]
    [InlineData(Durability.Async, null)]
    public void ProblemOf_AllButThePrimary(Durability durability, string? problem) =>
        Assert.Equal(problem, (Rules("streaming", "streaming") with { Cluster = Of(durability) }).ProblemOf([s_world.Of(2), s_world.Of(3)]));

    private static IEnumerable<(string Member, string Why)> Chosen(LeavingNodes rules, int count) => rules.Choose(count).Select(node => (node.Node.Member, node.Why));

    private static Cluster Of(Durability durability) => s_world.Cluster with { Effective = s_world.Cluster.Effective with { Durability = durability } };

    private static HashSet<HostId> Hosts(int ordinal) => [s_world.Of(ordinal).HostId];

    private static LeavingNodes Rules(string second, string third) => new(
        s_world.Cluster,
        [.. s_world.Instances.Where(instance => instance.Profile.IsNode)],
        new ClusterObservation(
            s_world.Cluster.Id,
            A.Time,
            [Member("demo-1", "running", true), .. second.Length == 0 ? Array.Empty<MemberObservation>() : [Member("demo-2", second, false)], Member("demo-3", third, false)],
            Paused: false,
            [new NodeSight("demo-1", NodeSight.Kind.Leads)]),
        new HashSet<HostId>(),
        new HashSet<HostId>());

    private static MemberObservation Member(string name, string state, bool isPrimary) =>
        new() { Name = name, IsPrimary = isPrimary, State = state, Timeline = 1, LagBytes = null, SyncState = state == "streaming" ? "quorum" : "" };
}
