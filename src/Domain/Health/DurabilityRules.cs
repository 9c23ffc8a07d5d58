using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>Says whether a commit waits for a replica.</summary>
public static class DurabilityRules
{
    /// <summary>Whether a commit waits for this replica, or for one of several of which it is one.</summary>
    /// <param name="state">The primary's word for how it replicates, as "streaming".</param>
    /// <param name="syncState">The primary's word for whether it waits: "async", "potential", "sync" or "quorum".</param>
    public static bool Confirms(string state, string syncState) => state == "streaming" && syncState is ("sync" or "quorum");

    /// <summary>
    /// The replicas that stream and whose word the primary is not waiting for yet, though the durability asks for it. The engine notices them by itself some seconds later: a primary that
    /// is lost before leaves one that waits for nobody but a node that is gone.
    /// </summary>
    public static ImmutableArray<string> Overlooked(ClusterObservation seen, Durability durability)
    {
        if (seen.Primary is null)
            return [];
        // Of the cluster's own nodes: who leads may tell of others, by whatever names.
        var streaming = seen.Members.Where(member => !member.IsPrimary && member is { State: "streaming", SyncState.Length: > 0 } && seen.IsOwn(member.Name)).ToList();
        var overlooked = streaming.Where(member => !Confirms(member.State, member.SyncState)).Select(member => member.Name);
        return durability switch
        {
            Durability.Async => [],
            Durability.Sync => overlooked.Count() == streaming.Count ? [.. overlooked] : [], // It waits for one, and needs no other.
            Durability.Quorum or Durability.Strict => [.. overlooked],
        };
    }
}
