using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>A cluster as its nodes report it.</summary>
/// <param name="ClusterId">The cluster.</param>
/// <param name="ObservedAt">When.</param>
/// <param name="Members">Its nodes, in the words of the one whose word counts most: the leader's, else that of any that answered.</param>
/// <param name="Paused">Whether automatic failover is paused.</param>
/// <param name="Nodes">How each node was looked at.</param>
public sealed record ClusterObservation(ClusterId ClusterId, DateTimeOffset ObservedAt, ImmutableArray<MemberObservation> Members, bool Paused, ImmutableArray<NodeSight> Nodes)
{
    /// <summary>How long a report is worth something.</summary>
    public static TimeSpan FreshFor { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether the report is worth something. One of a time to come is none: the clock was set back since.</summary>
    public bool IsFresh(DateTimeOffset now) => (now - ObservedAt).Duration() <= FreshFor;

    /// <summary>The names of those that said of themselves that they lead and take writes.</summary>
    public IEnumerable<string> Leaders => Nodes.Where(node => node.Answer == NodeSight.Kind.Leads).Select(node => node.Member);

    /// <summary>Whether a primary itself said that it leads.</summary>
    public bool PrimaryTakesWrites => Leaders.Any();

    /// <summary>The one that said of itself that it leads; null where none did, or more than one.</summary>
    public string? Primary => Leaders.ToList() is [var leader] ? leader : null;

    /// <summary>The one that leads by the engine's word, whether it answers or not; null where none does, or more than one.</summary>
    public string? EngineLeader => Members.Where(member => member.IsPrimary).ToList() is [var leader] ? leader.Name : null;

    /// <summary>Whether a name is that of one of the cluster's nodes, which were all looked at.</summary>
    public bool IsOwn(string member) => Nodes.Any(node => node.Member == member);

    /// <summary>The timeline of the one that leads; 0 where that is not known.</summary>
    public int Timeline => TimelineOf(Primary ?? EngineLeader);

    /// <summary>The timeline of a node; 0 where that is not known.</summary>
    public int TimelineOf(string? member) => Members.FirstOrDefault(known => known.Name == member)?.Timeline ?? 0;

    /// <summary>The nodes that hold the data as it is: the one that leads, and what streams from it.</summary>
    public ImmutableHashSet<string> Holders =>
        Primary is { } primary ? [.. Members.Where(member => member.Name == primary || (!member.IsPrimary && member.State == "streaming")).Select(member => member.Name)] : [];

    /// <summary>Whether a primary takes writes and all others stream from it.</summary>
    public bool IsConverged(int nodeCount) =>
        Leaders.Count() == 1 && Members.Count(member => member.IsPrimary) == 1 && Members.Count(member => !member.IsPrimary && member.State == "streaming") == nodeCount - 1;

    /// <summary>
    /// Whether the primary's word stands for all nodes: each of them has answered, the engine knows of no other primary than the one that says so of itself, and every replica streams
    /// by that one's own count of its connections. What streams from a primary follows it, so a second primary takes the cluster out of its rest: its connection ends.
    /// </summary>
    public bool IsAtRest(int nodeCount) =>
        !Paused
        && IsConverged(nodeCount)
        && Nodes.Length == nodeCount
        && Nodes.All(node => node.HasAnswered)
        && Members.All(member => member.IsPrimary ? Leaders.Contains(member.Name) : member is { SyncState.Length: > 0, IsSlotLost: false });
}
