using Agents.Controller.Observation;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>Asks the engine of a cluster how it is, through the agent of any live member. Without an answer the last one grows stale and stops counting.</summary>
internal sealed class ClusterObserver(IAgents agents, FleetView fleet, TimeProvider timeProvider)
{
    /// <summary>Asks the nodes of a cluster, and keeps and returns the answer; null when none answers.</summary>
    public async Task<ClusterObservation?> ObserveAsync(ClusterId cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        var nodes = instances.Where(instance => instance.Kind == InstanceKind.Postgres);
        var askedAt = timeProvider.GetUtcNow(); // Whoever asked later knows better, even if it was answered sooner.
        var reports = await Task.WhenAll(nodes.Select(node => AskAsync(node, cancellationToken)));
        var best = reports.FirstOrDefault(report => report?.Report.SelfIsLeader == true) ?? reports.FirstOrDefault(report => report is not null);
        if (best is not { } answer)
            return null;

        var replication = answer.Report.SelfIsLeader ? await AskReplicationAsync(answer.Node, cancellationToken) : [];
        var observation = new ClusterObservation(
            cluster,
            askedAt,
            [.. answer.Report.Members.Select(member => MemberOf(member, replication))],
            answer.Report.Paused,
            answer.Report.SelfIsLeader);
        fleet.Report(observation);
        return observation;
    }

    private async Task<NodeAnswer?> AskAsync(Instance node, CancellationToken cancellationToken)
    {
        if (agents.Find(node.HostId) is not { } agent)
            return null;
        try
        {
            return new NodeAnswer(node, await agent.GetPatroniClusterAsync(node.Id, cancellationToken));
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return null; // It does not answer: another member may.
        }
    }

    private async Task<IReadOnlyList<ReplicationReport>> AskReplicationAsync(Instance leader, CancellationToken cancellationToken)
    {
        if (agents.Find(leader.HostId) is not { } agent)
            return [];
        try
        {
            return await agent.GetReplicationAsync(leader.Id, cancellationToken);
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return [];
        }
    }

    /// <summary>The engine's word, and the primary's own where it is fresher: Patroni writes its members' states down only every few seconds.</summary>
    private static MemberObservation MemberOf(PatroniMemberReport member, IReadOnlyList<ReplicationReport> replication)
    {
        var isPrimary = member.Role is "leader" or "standby_leader";
        var seen = isPrimary ? null : replication.FirstOrDefault(replica => replica.Name == member.Name);
        return new MemberObservation
        {
            Name = member.Name,
            IsPrimary = isPrimary,
            State = seen?.State ?? member.State,
            Timeline = member.Timeline,
            LagBytes = isPrimary ? null : seen?.LagBytes ?? member.LagBytes,
            Lag = isPrimary ? null : seen is null ? null : seen.Lag ?? TimeSpan.Zero,
            SyncState = seen?.SyncState ?? "",
        };
    }

    private sealed record NodeAnswer(Instance Node, PatroniReport Report);
}
