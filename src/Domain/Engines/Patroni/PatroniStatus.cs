using System.Collections.Immutable;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Engines.Patroni;

/// <summary>Says what a cluster is like from what its members report.</summary>
public static class PatroniStatus
{
    /// <summary>The observation that a report makes.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="askedAt">When its members were asked.</param>
    /// <param name="report">The best answer: the primary's where there is one.</param>
    /// <param name="nodes">How each node was looked at.</param>
    public static ClusterObservation Of(ClusterId cluster, DateTimeOffset askedAt, PatroniReport report, ImmutableArray<NodeSight> nodes) =>
        new(cluster, askedAt, [.. report.Members.Select(member => MemberOf(member, report.Sender))], report.Paused, nodes);

    /// <summary>The engine's word, and the primary's own where it is fresher: Patroni writes its members' states down only every few seconds.</summary>
    private static MemberObservation MemberOf(PatroniReport.Member member, SenderReport sender)
    {
        var isPrimary = member.Role is "leader" or "standby_leader";
        var seen = isPrimary ? null : sender.Replicas.FirstOrDefault(replica => replica.Name == member.Name);
        return new MemberObservation
        {
            Name = member.Name,
            IsPrimary = isPrimary,
            State = seen?.State ?? member.State,
            Timeline = member.Timeline,
            LagBytes = isPrimary ? null : seen?.LagBytes ?? member.LagBytes,
            Lag = isPrimary ? null : seen is null ? null : seen.Lag ?? TimeSpan.Zero,
            Address = member.Address,
            SyncState = seen?.SyncState ?? "",
            IsSlotLost = !isPrimary && sender.LostSlots.Contains(SlotOf(member.Name)),
        };
    }

    /// <summary>Patroni's name for the slot of a member.</summary>
    private static string SlotOf(string member) => member.Replace('-', '_');
}
