using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Domain.Tests.Health;

/// <summary>Which replicas an engine is to count on and does not.</summary>
public sealed class DurabilityRulesTests
{
    [Theory]
    [InlineData(Durability.Quorum, "quorum", "quorum", "")]
    [InlineData(Durability.Quorum, "quorum", "async", "demo-3")]
    [InlineData(Durability.Strict, "async", "async", "demo-2 demo-3")]
    [InlineData(Durability.Sync, "sync", "async", "")]
    [InlineData(Durability.Sync, "async", "potential", "demo-2 demo-3")]
    [InlineData(Durability.Async, "async", "async", "")]
    public void Overlooked_ByDurability(Durability durability, string second, string third, string expected) =>
        Assert.Equal(expected, string.Join(' ', DurabilityRules.Overlooked(Seen(Member("demo-2", "streaming", second), Member("demo-3", "streaming", third)), durability)));

    [Fact]
    public void Overlooked_NameOfNoNode_IsNotTold() =>
        Assert.Empty(DurabilityRules.Overlooked(Seen(Member("demo-2", "streaming", "quorum"), Member("demo-9 has handed the lead over", "streaming", "async")), Durability.Quorum));

    [Fact]
    public void Overlooked_DoesNotStream_IsNotTheEnginesFault() =>
        Assert.Empty(DurabilityRules.Overlooked(Seen(Member("demo-2", "streaming", "quorum"), Member("demo-3", "running", "async")), Durability.Quorum));

    [Fact]
    public void Overlooked_PrimaryDoesNotSayHowItReplicates_NobodyIs() =>
        Assert.Empty(DurabilityRules.Overlooked(Seen(Member("demo-2", "streaming", ""), Member("demo-3", "streaming", "")), Durability.Quorum));

    [Fact]
    public void Overlooked_NobodyLeads_NobodyIs()
    {
        var seen = Seen(Member("demo-2", "streaming", "async"));

        Assert.Empty(DurabilityRules.Overlooked(seen with { Nodes = [new NodeSight("demo-1", NodeSight.Kind.Silent)] }, Durability.Quorum));
    }

    private static ClusterObservation Seen(params MemberObservation[] replicas) =>
        new(new ClusterId(A.Id(0xC, 1)), A.Time, [new MemberObservation { Name = "demo-1", IsPrimary = true, State = "running", Timeline = 1 }, .. replicas], Paused: false, [new NodeSight("demo-1", NodeSight.Kind.Leads), new NodeSight("demo-2", NodeSight.Kind.Follows), new NodeSight("demo-3", NodeSight.Kind.Follows)]);

    private static MemberObservation Member(string name, string state, string syncState) => new() { Name = name, IsPrimary = false, State = state, Timeline = 1, SyncState = syncState };
}
