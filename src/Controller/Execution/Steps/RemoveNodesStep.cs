using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Removes the nodes that a cluster has lost. The data of one that was a copy goes with it; that of one that was not seen to stream right before, or that may have led since, stays on its host for a person
/// to decide about.
/// </summary>
internal sealed class RemoveNodesStep(NodeRemoval removal, Reconfiguration reconfiguration, ClusterObserver observer) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public string Name => StepNames.RemoveNodes;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Present.Count == 0)
        {
            // Of a try that was stopped half-way.
            await reconfiguration.LeaveToLoopAsync(context, cancellationToken);
            return new StepOutcome.Done("removed already");
        }

        if (await observer.ObserveAsync(context.Cluster, context.Instances, cancellationToken) is not { Primary: { } primary } seen)
            return new StepOutcome.Again("waiting for a primary", _pause, ErrorReasons.NoPrimary);
        if (context.Present.Any(node => node.Member == primary))
            return new StepOutcome.Failed(ErrorReasons.LeadElsewhere, $"{primary} leads now: hand the lead over first");

        var kept = context.Present.Where(node => !IsCopy(context, node, seen)).ToList();
        var undone = await removal.RemoveAsync(context, context.Present, node => kept.Any(other => other.Id == node.Id), destroyData: true, cancellationToken);
        await reconfiguration.LeaveToLoopAsync(context, cancellationToken);
        var message = $"{string.Join(", ", context.Present.Select(node => node.Member))} removed";
        return new StepOutcome.Done(ClusterRemover.Undone.Message(
            context, undone, kept.Count == 0 ? message : $"{message}; not known to be copies, so their data stays: {string.Join(", ", kept.Select(node => $"{node.DataVolume} on {context.NameOf(node.HostId)}"))}"));
    }

    private static bool IsCopy(StepContext context, Instance node, ClusterObservation seen) =>
        context.Nodes!.Copies.TryGetValue(node.Id, out var timeline) && timeline > 0 && timeline == seen.Timeline;
}
