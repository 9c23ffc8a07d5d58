using System.Collections.Immutable;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>
/// Chooses the nodes that a cluster can do without: never the primary, first those that are worth least to it. Pure; whether they may go is asked again when they are stopped.
/// </summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Nodes">Its nodes.</param>
/// <param name="Seen">What its engine said, just now.</param>
/// <param name="Away">Those of its hosts that are away.</param>
/// <param name="Cordoned">Those of its hosts that take nothing new.</param>
public sealed record LeavingNodes(Cluster Cluster, IReadOnlyList<Instance> Nodes, ClusterObservation Seen, IReadOnlySet<HostId> Away, IReadOnlySet<HostId> Cordoned)
{
    private const string Streaming = "streaming";

    /// <summary>The nodes that go first, so many of them, each with the reason.</summary>
    public ImmutableArray<(Instance Node, string Why)> Choose(int count) =>
    [
        .. Nodes.Where(node => node.Member != Seen.Primary)
            .Select(node => (Node: node, Worth: WorthOf(node)))
            .OrderBy(node => node.Worth.Rank).ThenByDescending(node => node.Node.Ordinal)
            .Take(count).Select(node => (node.Node, node.Worth.Why)),
    ];

    /// <summary>Why these cannot go; null where they can.</summary>
    public string? ProblemOf(IReadOnlyCollection<Instance> leaving)
    {
        var staying = Nodes.Where(node => leaving.All(gone => gone.Id != node.Id)).ToList();
        if (staying.All(node => node.Member != Seen.Primary))
            return $"{Seen.Primary} is the primary: hand the lead over first (agentctl postgres cluster switchover {Cluster.Name})";
        if (leaving.FirstOrDefault(node => Away.Contains(node.HostId) && IsListed(node)) is { } living)
            return $"{living.Member} runs, and its host is away: nobody can stop it. Try again when its agent is back, or cut the host off the network first";
        if (Cluster.Effective.Durability == Durability.Async)
            return null;
        var durability = Cluster.Effective.Durability.ToString().ToLowerInvariant();
        if (staying.Count < 2)
            return $"with durability {durability} commits wait for a replica: at least 2 nodes stay";
        // Of those that stream the engine takes another to confirm commits before one that does is stopped: with sync there is never more than one.
        var able = Cluster.Effective.Durability == Durability.Sync ? staying.Where(node => node.Member != Seen.Primary && StateOf(node) == Streaming).Select(node => node.Member) : ConfirmingOf(Seen, staying);
        return able.Any() ? null
            : $"with durability {durability} commits wait for a replica, and of those that would stay none {(Cluster.Effective.Durability == Durability.Sync ? "streams" : "confirms them")} now ({string.Join(", ", staying.Where(node => node.Member != Seen.Primary).Select(node => $"{node.Member} is {StateOf(node)}"))})";
    }

    /// <summary>The nodes of these by whose word a commit is acknowledged now.</summary>
    public static IEnumerable<string> ConfirmingOf(ClusterObservation seen, IEnumerable<Instance> nodes) =>
        nodes.Select(node => node.Member).Where(name => seen.Members.Any(member => member.Name == name && !member.IsPrimary && DurabilityRules.Confirms(member.State, member.SyncState)));

    private (int Rank, string Why) WorthOf(Instance node) =>
        Away.Contains(node.HostId) ? IsListed(node) ? (5, "no other can go") : (0, "its host is away")
        : StateOf(node) is var state && state != Streaming ? (1, $"it does not stream: it is {state}")
        : Cordoned.Contains(node.HostId) ? (2, "its host is cordoned")
        : ConfirmingOf(Seen, [node]).Any() ? (4, "of those that stream it came last") : (3, "it streams, and no commit waits for it");

    /// <summary>Whether the engine knows of it: then it takes part in its cluster, or did some seconds ago.</summary>
    private bool IsListed(Instance node) => Seen.Members.Any(member => member.Name == node.Member);

    private string StateOf(Instance node) => Seen.Members.FirstOrDefault(member => member.Name == node.Member) is { State.Length: > 0 } member ? member.State : "not seen";
}
