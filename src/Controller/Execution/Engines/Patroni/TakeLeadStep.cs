using Agents.Domain.Engines.Patroni;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>
/// Takes the leader key of a primary that has ended out of etcd, as that does itself when it is stopped: the other nodes choose at once, and not when the key expires. Only where one of those
/// that hold every acknowledged commit can be chosen, the engine is not paused, and the primary's end still stands. The key goes in one transaction, on its value and revision: whatever
/// has changed in between, nothing is done. Never done after the fact: where the key is another's, or gone, the engine has decided already.
/// </summary>
internal sealed class TakeLeadStep(IPatroniAgents agents, InstanceBuilder builder) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => PatroniSteps.TakeLead;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (PrimaryFence.PrimaryOf(context) is not { } primary)
            return new StepOutcome.Failed(ErrorReasons.NotFound, "the old primary is no instance of the cluster any more");
        var others = context.Instances.Where(instance => instance.Profile.IsNode && instance.Id != primary.Id).ToList();
        var asking = Task.WhenAll(others.Select(node => AskAsync(node, cancellationToken))); // Beside etcd: it costs no time of its own.
        var (member, lead, sync) = await ReadAsync(context, cancellationToken);
        var answers = (await asking).OfType<(string Member, PatroniReport Report)>().ToList();
        if (member is null)
            return await PrimaryFence.GiveUpAsync(context, builder, ErrorReasons.NoQuorum, "no member of etcd answers with a quorum", cancellationToken);
        if (lead is null || lead.Value != primary.Member)
            return new StepOutcome.Done(lead is null ? "nobody held the lead any more" : $"{lead.Value} holds the lead already");
        if (answers.Any(answer => answer.Report.Paused))
            return await PrimaryFence.GiveUpAsync(context, builder, ErrorReasons.Paused, "the engine's failover is paused", cancellationToken);
        if (sync?.Leader != primary.Member || !sync.CanElect([.. answers.Select(answer => answer.Member)]))
            return await PrimaryFence.GiveUpAsync(context, builder, ErrorReasons.NoCandidate, $"no other node can be chosen that holds every acknowledged commit ({Describe(sync, answers)})", cancellationToken);
        var exit = await builder.AgentOf(primary.HostId).GetExitAsync(primary.Id, cancellationToken);
        if (exit.Runs || exit.Doubt.Length > 0 || exit.FenceId != PrimaryFence.IdOf(context.Operation))
            return await PrimaryFence.GiveUpAsync(context, builder, ErrorReasons.ExitNotProved, $"the end of {primary.Member} does not stand any more ({(exit.Doubt.Length > 0 ? exit.Doubt : "it is not fenced")})", cancellationToken);

        var agent = agents.FindPatroni(member.HostId) ?? throw new AgentUnavailableException("the host has no link");
        var isTaken = await agent.DeleteEtcdKeyAsync(InstanceTarget.Of(context.Cluster, member), PatroniKeys.Leader(context.Cluster.Id), lead, cancellationToken);
        return isTaken ? new StepOutcome.Done($"{primary.Member} leads no more; {string.Join(", ", sync.Standbys)} hold every acknowledged commit") : new StepOutcome.Again("the lead has changed in this moment");
    }

    private static string Describe(SyncState? sync, IReadOnlyList<(string Member, PatroniReport Report)> answers) =>
        $"{(sync is null ? "nobody confirms commits" : $"{string.Join(", ", sync.Standbys.DefaultIfEmpty("nobody"))} of {sync.Leader}, one of which must see {sync.Quorum} more")}; {string.Join(", ", answers.Select(answer => answer.Member).DefaultIfEmpty("nobody"))} answer";

    /// <summary>The keys, read linearizably from any member that can.</summary>
    private async Task<(Instance? Member, EtcdKey? Lead, SyncState? Sync)> ReadAsync(StepContext context, CancellationToken cancellationToken)
    {
        foreach (var member in context.Instances.Where(instance => instance.Kind == InstanceKind.Etcd))
        {
            if (agents.FindPatroni(member.HostId) is not { } agent)
                continue;
            try
            {
                var lead = agent.FindEtcdKeyAsync(member.Id, PatroniKeys.Leader(context.Cluster.Id), cancellationToken);
                var sync = agent.FindEtcdKeyAsync(member.Id, PatroniKeys.Sync(context.Cluster.Id), cancellationToken);
                await Task.WhenAll(lead, sync);
                return (member, await lead, await sync is { } found ? SyncState.Parse(found.Value) : null);
            }
            catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
            {
                // The next one.
            }
        }

        return default;
    }

    private async Task<(string Member, PatroniReport Report)?> AskAsync(Instance node, CancellationToken cancellationToken)
    {
        try
        {
            return agents.FindPatroni(node.HostId) is { } agent ? (node.Member, await agent.GetPatroniClusterAsync(node.Id, cancellationToken)) : null;
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return null;
        }
    }
}
