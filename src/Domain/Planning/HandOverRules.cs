using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>Chooses who is to lead where nobody has said so. Pure; the engine decides in the end.</summary>
public static class HandOverRules
{
    private const string Streaming = "streaming";

    /// <summary>Of the replicas that stream the one that is closest to the primary; where commits wait for some, of those. Null where there is none.</summary>
    public static Instance? FindCandidate(ClusterObservation seen, IReadOnlyList<Instance> instances)
    {
        var replicas = instances.Where(node => node.Profile.IsNode)
            .Join(seen.Members.Where(member => member is { IsPrimary: false, State: Streaming, IsSlotLost: false }), node => node.Member, member => member.Name, (node, member) => (Node: node, Member: member)).ToList();
        return replicas.OrderBy(replica => DurabilityRules.Confirms(replica.Member.State, replica.Member.SyncState) ? 0 : 1)
            .ThenBy(replica => replica.Member.LagBytes ?? long.MaxValue).ThenBy(replica => replica.Node.Ordinal)
            .Select(replica => replica.Node).FirstOrDefault();
    }
}
