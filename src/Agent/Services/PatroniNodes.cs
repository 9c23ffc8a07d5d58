using Agents.Agent.Engines.Patroni;
using Agents.Agent.Engines.Patroni.Wire;
using Agents.Agent.Hangs;
using Agents.Agent.Instances;
using Agents.Agent.Observation;
using Agents.Agent.Postgres;
using Agents.V1;
using Agents.Words;

namespace Agents.Agent.Services;

/// <summary>The nodes of this host that Patroni runs, in the contract's words.</summary>
internal sealed class PatroniNodes(ContainerView view, LocalInstances instances, PatroniClient patroni, ServerStatsReader stats, HangWatch hangs) : IWatchedNodes
{
    private static readonly TimeSpan _replicationTimeout = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IReadOnlyList<LocalInstance> Running =>
    [
        .. view.Containers.Select(instances.Show).Where(instance => instance is { Kind: InstanceKinds.Postgres, InitPid: > 0 } && instance.Ports.ContainsKey(PortNames.PatroniRest)),
    ];

    /// <inheritdoc/>
    public async Task<GetClusterResponse> ReadAsync(LocalInstance node, CancellationToken cancellationToken)
    {
        var seen = await patroni.GetClusterAsync(node, cancellationToken);
        hangs.Hear(node.InstanceId, seen.Cluster.Pause);
        var response = new GetClusterResponse { Members = { seen.Cluster.Members.Select(Member) }, Paused = seen.Cluster.Pause, SelfIsLeader = seen.SelfIsLeader };
        if (seen.SelfIsLeader)
            await AddReplicationAsync(response, node, cancellationToken);
        return response;
    }

    /// <summary>What the engine says is worth telling without it, too.</summary>
    private async Task AddReplicationAsync(GetClusterResponse response, LocalInstance node, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_replicationTimeout);
        try
        {
            var (replicas, lostSlots) = await stats.ReadReplicationAsync(PostgresServer.Of(node), limit.Token);
            response.Replication.AddRange(replicas);
            response.LostSlots.AddRange(lostSlots);
        }
        catch (Exception exception) when (exception is PostgresUnreachableException or SqlFailedException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static PatroniMember Member(MemberAnswer member)
    {
        var shown = new PatroniMember
        {
            Name = member.Name,
            Role = member.Role,
            State = member.State,
            Host = member.Host ?? "",
            Port = member.Port ?? 0,
            Timeline = member.Timeline ?? 0,
            PendingRestart = member.PendingRestart,
        };
        if (member.Lag is { } lag)
            shown.LagBytes = lag;
        return shown;
    }
}
