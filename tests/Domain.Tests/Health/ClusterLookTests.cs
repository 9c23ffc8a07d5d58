using Agents.Domain.Health;
using Agents.Testing;

namespace Agents.Domain.Tests.Health;

/// <summary>When a cluster is looked at, and when nobody need be asked.</summary>
public sealed class ClusterLookTests
{
    private static readonly TimeSpan _start = TimeSpan.FromHours(1);

    [Fact]
    public void DueAt_NeverLookedAt_IsAll() => Assert.Equal(ClusterLook.Kind.All, new ClusterLook().DueAt(TimeSpan.Zero));

    [Fact]
    public void DueAt_WhileALookGoesOn_IsNothing() =>
        Assert.Equal(ClusterLook.Kind.None, (new ClusterLook().Begin(_start) with { IsTouched = true }).DueAt(_start + TimeSpan.FromHours(1)));

    [Theory]
    [InlineData(0.1, ClusterLook.Kind.None)]
    [InlineData(0.2, ClusterLook.Kind.All)]
    public void DueAt_Touched_IsAllAfterTheLeastPause(double seconds, ClusterLook.Kind expected) =>
        Assert.Equal(expected, (Ended(isAtRest: true) with { IsTouched = true }).DueAt(After(seconds)));

    [Theory]
    [InlineData(0.9, ClusterLook.Kind.None)]
    [InlineData(1, ClusterLook.Kind.All)]
    public void DueAt_NotAtRest_IsAllEverySecond(double seconds, ClusterLook.Kind expected) => Assert.Equal(expected, Ended(isAtRest: false).DueAt(After(seconds)));

    [Theory]
    [InlineData(2.9, ClusterLook.Kind.None)]
    [InlineData(3, ClusterLook.Kind.Told)]
    public void DueAt_AtRest_IsWhatIsToldNowAndThen(double seconds, ClusterLook.Kind expected) => Assert.Equal(expected, Ended(isAtRest: true).DueAt(After(seconds)));

    [Theory]
    [InlineData(0.1, true, ClusterLook.Kind.None)]
    [InlineData(0.2, true, ClusterLook.Kind.Told)]
    [InlineData(0.2, false, ClusterLook.Kind.All)]
    public void DueAt_Told_IsThatAfterTheLeastPause(double seconds, bool isAtRest, ClusterLook.Kind expected) =>
        Assert.Equal(expected, Ended(isAtRest).With(isTouched: false, isTold: true).DueAt(After(seconds)));

    [Fact]
    public void With_NothingNew_KeepsWhatWas()
    {
        var touched = Ended(isAtRest: true).With(isTouched: true, isTold: false);

        Assert.Same(touched, touched.With(isTouched: false, isTold: false));
        Assert.Equal(ClusterLook.Kind.All, touched.With(isTouched: false, isTold: true).DueAt(After(0.2)));
    }

    [Fact]
    public void End_TouchedWhileItWentOn_LooksAgain()
    {
        var look = (new ClusterLook().Begin(_start) with { IsTouched = true }).End(isAtRest: true, _start);

        Assert.Equal(ClusterLook.Kind.All, look.DueAt(After(0.2)));
        Assert.Equal(ClusterLook.Kind.None, look.Begin(After(0.2)).End(isAtRest: true, After(0.2)).DueAt(After(0.5)));
    }

    [Fact]
    public void IsAtRest_AllStreamByThePrimarysCount_Is() => Assert.True(AtRest().IsAtRest(3));

    [Fact]
    public void IsAtRest_AnythingElse_IsNot()
    {
        var rest = AtRest();
        var others = new Dictionary<string, ClusterObservation>
        {
            ["paused"] = rest with { Paused = true },
            ["a node out of sight"] = WithNode(rest, 2, NodeSight.Kind.OutOfSight),
            ["a silent node"] = WithNode(rest, 2, NodeSight.Kind.Silent),
            ["two that lead"] = WithNode(rest, 2, NodeSight.Kind.Leads),
            ["none that leads"] = WithNode(rest, 0, NodeSight.Kind.Follows),
            ["a node that was not looked at"] = rest with { Nodes = rest.Nodes.RemoveAt(2) },
            ["another than the engine knows leads"] = WithNode(WithNode(rest, 0, NodeSight.Kind.Follows), 1, NodeSight.Kind.Leads),
            ["a replica of which the primary knows nothing"] = WithMember(rest, 1, rest.Members[1] with { SyncState = "" }),
            ["a replica that does not stream"] = WithMember(rest, 1, rest.Members[1] with { State = "catchup" }),
            ["a replica whose slot is lost"] = WithMember(rest, 1, rest.Members[1] with { IsSlotLost = true }),
            ["a member that is missing"] = rest with { Members = rest.Members.RemoveAt(1) },
            ["two primaries by the engine's word"] = WithMember(rest, 1, rest.Members[1] with { IsPrimary = true }),
        };

        Assert.All(others, other => Assert.False(other.Value.IsAtRest(3), other.Key));
        Assert.False(rest.IsAtRest(4));
    }

    private static ClusterLook Ended(bool isAtRest) => new ClusterLook().Begin(_start).End(isAtRest, _start);

    private static TimeSpan After(double seconds) => _start + TimeSpan.FromSeconds(seconds);

    private static ClusterObservation AtRest() => new(
        A.Cluster().Id,
        A.Time,
        [Member("a", isPrimary: true), Member("b", isPrimary: false), Member("c", isPrimary: false)],
        Paused: false,
        [new NodeSight("a", NodeSight.Kind.Leads), new NodeSight("b", NodeSight.Kind.Follows), new NodeSight("c", NodeSight.Kind.Follows)]);

    private static MemberObservation Member(string name, bool isPrimary) =>
        new() { Name = name, IsPrimary = isPrimary, State = isPrimary ? "running" : "streaming", Timeline = 1, SyncState = isPrimary ? "" : "quorum" };

    private static ClusterObservation WithNode(ClusterObservation seen, int index, NodeSight.Kind answer) =>
        seen with { Nodes = seen.Nodes.SetItem(index, seen.Nodes[index] with { Answer = answer }) };

    private static ClusterObservation WithMember(ClusterObservation seen, int index, MemberObservation member) => seen with { Members = seen.Members.SetItem(index, member) };
}
