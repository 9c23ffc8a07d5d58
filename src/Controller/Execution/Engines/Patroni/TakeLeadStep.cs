using Agents.Domain.Engines.Patroni;
using Agents.Protocol;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>
/// Takes the leader key of a primary that has ended out of etcd, as that does itself when it is stopped: the other nodes choose at once, and not when the key expires. Only where one of those
/// that hold every acknowledged commit can be chosen, and the primary's end still stands. The key goes in one transaction, on its value and revision: whatever has changed in between,
/// nothing is done.
/// </summary>
internal sealed class TakeLeadStep(IPatroniAgents agents, InstanceBuilder builder, SuccessionKeys succession) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => PatroniSteps.TakeLead;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (PrimaryFence.PrimaryOf(context) is not { } primary)
            return new StepOutcome.Failed(ErrorReasons.NotFound, "the old primary is no instance of the cluster any more");
        // 1. The key, 2. the end: when the very life is over still whose end was seen, the key that was read is of that life or of one before it, and of no later one.
        var sight = await succession.LookAsync(context.Cluster, context.Instances, primary, cancellationToken);
        var exit = await builder.AgentOf(primary.HostId).GetExitAsync(primary.Id, cancellationToken);
        if (exit.Ended != PrimaryFence.LifeOf(context) || exit.Doubt.Length > 0 || exit.FenceId != PrimaryFence.IdOf(context.Operation))
            return new StepOutcome.Failed(ErrorReasons.ExitNotProved, $"the end of {primary.Member} does not stand any more: {(exit.Doubt.Length > 0 ? exit.Doubt : "it has run since, or is not fenced")}");
        if (!sight.Succession.IsPossible)
            return new StepOutcome.Failed(sight.Succession.Reason, sight.Succession.Message);
        if (sight.Keys is not { Lead: { } lead } keys || lead.Value != primary.Member)
            return new StepOutcome.Done(sight.Keys?.Lead is null ? $"nobody held the lead any more; {sight.Succession.Message}" : sight.Succession.Message);

        var agent = agents.FindPatroni(keys.Member.HostId) ?? throw new AgentUnavailableException("the host has no link");
        // 3. A later life would hold the lead by a lease of its own, and so have changed the key.
        var isTaken = await agent.DeleteEtcdKeyAsync(InstanceTarget.Of(context.Cluster, keys.Member), PatroniKeys.Leader(context.Cluster.Id), lead, cancellationToken);
        return isTaken ? new StepOutcome.Done($"{primary.Member} leads no more: its lease {lead.Lease:x} (revision {lead.Revision}) is void; {sight.Succession.Message}") : new StepOutcome.Again("the lead has changed in this moment");
    }
}
