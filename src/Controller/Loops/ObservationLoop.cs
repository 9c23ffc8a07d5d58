using Agents.Controller.Execution;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Loops;

/// <summary>
/// Asks the engine of every cluster how it is, through the agent of any live member, and keeps the answers. Clusters are asked at once, each with short limits, so that
/// one that does not answer delays no other; without an answer the last one grows stale and stops counting.
/// </summary>
internal sealed class ObservationLoop(IStore store, IAgents agents, FleetView fleet, TimeProvider timeProvider) : ILoop
{
    /// <inheritdoc/>
    public string Name => "observation";

    /// <inheritdoc/>
    public TimeSpan Period => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var (clusters, instances) = await store.ReadAsync(
            reader => (reader.ListClusters(null), reader.ListInstances().ToLookup(instance => instance.ClusterId)), cancellationToken);
        fleet.KeepClusters([.. clusters.Select(cluster => cluster.Id)]);
        await Task.WhenAll(clusters.Select(cluster => ObserveAsync(cluster.Id, [.. instances[cluster.Id].Where(instance => instance.Kind == InstanceKind.Postgres)], cancellationToken)));
        return false;
    }

    private async Task ObserveAsync(ClusterId cluster, IReadOnlyList<Instance> nodes, CancellationToken cancellationToken)
    {
        var reports = await Task.WhenAll(nodes.Select(node => AskAsync(node, cancellationToken)));
        var best = reports.FirstOrDefault(report => report?.Report.SelfIsLeader == true) ?? reports.FirstOrDefault(report => report is not null);
        if (best is not { } answer)
            return;

        var replication = answer.Report.SelfIsLeader ? await AskReplicationAsync(answer.Node, cancellationToken) : [];
        fleet.Report(new ClusterObservation(
            cluster,
            timeProvider.GetUtcNow(),
            [.. answer.Report.Members.Select(member => MemberOf(member, replication))],
            answer.Report.Paused,
            answer.Report.SelfIsLeader));
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
