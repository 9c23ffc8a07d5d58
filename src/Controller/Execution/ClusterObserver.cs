using Agents.Controller.Observation;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution;

/// <summary>Asks the engine of a cluster how it is, through the agent of any live member. Without an answer the last one grows stale and stops counting.</summary>
internal sealed class ClusterObserver(IAgents agents, FleetView fleet, TimeProvider timeProvider)
{
    private static readonly SenderReport _nothing = new([], []);

    /// <summary>Asks the nodes of a cluster, and keeps and returns the answer; null when none answers.</summary>
    public async Task<ClusterObservation?> ObserveAsync(ClusterId cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        var nodes = instances.Where(instance => instance.Kind == InstanceKind.Postgres);
        var askedAt = timeProvider.GetUtcNow(); // Whoever asked later knows better, even if it was answered sooner.
        var answers = await Task.WhenAll(nodes.Select(node => AskAsync(node, cancellationToken)));
        var best = answers.FirstOrDefault(answer => answer.Report?.SelfIsLeader == true) ?? answers.FirstOrDefault(answer => answer.Report is not null);
        if (best is not { Report: { } report })
            return null;

        var sender = report.SelfIsLeader ? await AskReplicationAsync(best.Node, cancellationToken) : _nothing;
        var observation = new ClusterObservation(cluster, askedAt, [.. report.Members.Select(member => MemberOf(member, sender))], report.Paused, [.. answers.Select(SightOf)]);
        fleet.Report(observation);
        return observation;
    }

    private async Task<NodeAnswer> AskAsync(Instance node, CancellationToken cancellationToken)
    {
        if (agents.Find(node.HostId) is not { } agent)
            return new NodeAnswer(node, null, NodeSight.Kind.OutOfSight, $"its host is out of reach ({fleet.Host(node.HostId).StateReason})");
        try
        {
            var report = await agent.GetPatroniClusterAsync(node.Id, cancellationToken);
            return new NodeAnswer(node, report, report.SelfIsLeader ? NodeSight.Kind.Leads : NodeSight.Kind.Follows, "");
        }
        catch (AgentUnavailableException exception)
        {
            return new NodeAnswer(node, null, NodeSight.Kind.OutOfSight, $"its agent does not answer ({exception.Message})");
        }
        catch (AgentRefusedException exception)
        {
            // The agent is there. Without its Docker Engine it does not know of the node either.
            return new NodeAnswer(node, null, exception.Reason == ErrorReasons.DockerUnreachable ? NodeSight.Kind.OutOfSight : NodeSight.Kind.Silent, exception.Message);
        }
    }

    private async Task<SenderReport> AskReplicationAsync(Instance leader, CancellationToken cancellationToken)
    {
        if (agents.Find(leader.HostId) is not { } agent)
            return _nothing;
        try
        {
            return await agent.GetReplicationAsync(leader.Id, cancellationToken);
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return _nothing;
        }
    }

    /// <summary>The engine's word, and the primary's own where it is fresher: Patroni writes its members' states down only every few seconds.</summary>
    private static MemberObservation MemberOf(PatroniMemberReport member, SenderReport sender)
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
            SyncState = seen?.SyncState ?? "",
            IsSlotLost = !isPrimary && sender.LostSlots.Contains(SlotOf(member.Name)),
        };
    }

    /// <summary>Patroni's name for the slot of a member.</summary>
    private static string SlotOf(string member) => member.Replace('-', '_');

    private static NodeSight SightOf(NodeAnswer answer) => new(answer.Node.Member, answer.Sight, answer.Reason);

    private sealed record NodeAnswer(Instance Node, PatroniReport? Report, NodeSight.Kind Sight, string Reason);
}
