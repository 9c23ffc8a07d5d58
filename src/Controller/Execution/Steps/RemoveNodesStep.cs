using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Removes the nodes that a cluster has lost. The data of one that was a copy goes with it; that of one that was not seen to stream right before, or that may have led since, stays on its host for a person
/// to decide about.
/// </summary>
internal sealed class RemoveNodesStep(IStore store, NodeRemoval removal, Reconfiguration reconfiguration, InstanceBuilder builder, ClusterObserver observer, TimeProvider timeProvider) : IOperationStep
{
    private readonly PrimaryWait _primaryWait = new(timeProvider);

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
            await builder.NoteStaleAsync(context.Cluster.Id, cancellationToken);
            return new StepOutcome.Done("removed already");
        }

        var seen = await observer.ObserveAsync(context.Cluster, context.Instances, cancellationToken);
        if (context.Present.FirstOrDefault(node => node.Member == seen?.Primary || node.Member == seen?.EngineLeader) is { } leading)
            return new StepOutcome.Failed(ErrorReasons.LeadElsewhere, $"{leading.Member} leads now: hand the lead over first"); // Also where it was decided already, in a copy of the store.
        if (context.Nodes!.Kept is not { } keptIds)
        {
            if (_primaryWait.Find(context, seen) is { } waiting)
                return waiting;
            keptIds = [.. context.Present.Where(node => !IsCopy(context, node, seen!)).Select(node => node.Id)];
            // Before anything is removed: whatever ends this half-way, it goes on, and with the same.
            await store.WriteAsync(writer => writer.UpdateOperation(context.Operation with { Arguments = (context.Nodes with { Kept = keptIds }).ToJson() }), cancellationToken);
        }

        var kept = context.Present.Where(node => keptIds.Contains(node.Id)).ToList();
        await reconfiguration.ConfigureProxiesAsync(context.Cluster, context.Others, [], cancellationToken);
        var undone = await removal.RemoveAsync(context, context.Present, node => keptIds.Contains(node.Id), destroyData: true, cancellationToken);
        await builder.NoteStaleAsync(context.Cluster.Id, cancellationToken);
        var message = $"{string.Join(", ", context.Present.Select(node => node.Member))} removed";
        return new StepOutcome.Done(ClusterRemover.Undone.Message(
            context, undone, kept.Count == 0 ? message : $"{message}; not known to be copies, so their data stays: {string.Join(", ", kept.Select(node => $"{node.DataVolume} on {context.NameOf(node.HostId)}"))}"));
    }

    private static bool IsCopy(StepContext context, Instance node, ClusterObservation seen) =>
        context.Nodes!.Copies.TryGetValue(node.Id, out var timeline) && timeline > 0 && timeline == seen.Timeline;
}
