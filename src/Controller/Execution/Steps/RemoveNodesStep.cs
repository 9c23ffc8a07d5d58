using System.Collections.Concurrent;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Removes the nodes that a cluster has lost. The data of one that was a copy goes with it; that of one that was not seen to stream right before, or that may have led since, stays on its host for a person
/// to decide about. Before, where commits wait for replicas, one that stays must have come as far as the primary was when the nodes were down: what one of them alone has confirmed is then on another disk.
/// </summary>
internal sealed class RemoveNodesStep(IStore store, NodeRemoval removal, Reconfiguration reconfiguration, InstanceBuilder builder, ClusterObserver observer) : IOperationStep
{
    private const int CountMax = 1000;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <summary>How far the primary was when the nodes of an operation were down. Of another process it is asked for anew, and is further.</summary>
    private readonly ConcurrentDictionary<OperationId, long> _positions = [];

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

        if (context.Nodes!.Kept is not { } keptIds)
        {
            var (outcome, decided) = await DecideAsync(context, cancellationToken);
            if (decided is null)
                return outcome!;
            // Before anything is removed: whatever ends this half-way, it goes on, and with the same.
            await store.WriteAsync(writer => writer.UpdateOperation(context.Operation with { Arguments = (context.Nodes with { Kept = [.. decided.Select(node => node.Id)] }).ToJson() }), cancellationToken);
            keptIds = [.. decided.Select(node => node.Id)];
        }

        var kept = context.Present.Where(node => keptIds.Contains(node.Id)).ToList();
        var undone = await removal.RemoveAsync(context, context.Present, node => keptIds.Contains(node.Id), destroyData: true, cancellationToken);
        await reconfiguration.LeaveToLoopAsync(context, cancellationToken);
        var message = $"{string.Join(", ", context.Present.Select(node => node.Member))} removed";
        return new StepOutcome.Done(ClusterRemover.Undone.Message(
            context, undone, kept.Count == 0 ? message : $"{message}; not known to be copies, so their data stays: {string.Join(", ", kept.Select(node => $"{node.DataVolume} on {context.NameOf(node.HostId)}"))}"));
    }

    /// <summary>Whose data stays; or why it is not known yet.</summary>
    private async Task<(StepOutcome? Outcome, IReadOnlyList<Instance>? Kept)> DecideAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (await observer.ObserveAsync(context.Cluster, context.Instances, cancellationToken) is not { Primary: { } primary } seen)
            return (new StepOutcome.Again("waiting for a primary", _pause, ErrorReasons.NoPrimary), null);
        if (context.Present.Any(node => node.Member == primary))
            return (new StepOutcome.Failed(ErrorReasons.LeadElsewhere, $"{primary} leads now: hand the lead over first"), null);
        return context.Cluster.Effective.Durability != Durability.Async && !await HasCaughtUpAsync(context, seen, primary, cancellationToken)
            ? (new StepOutcome.Again("waiting until a replica that stays has what these have confirmed", _pause), null)
            : (null, [.. context.Present.Where(node => !IsCopy(context, node, seen))]);
    }

    private async Task<bool> HasCaughtUpAsync(StepContext context, ClusterObservation seen, string primary, CancellationToken cancellationToken)
    {
        var nodes = context.Others.Where(instance => instance.Profile.IsNode).ToList();
        if (_positions.Count > CountMax)
            _positions.Clear();
        if (!_positions.TryGetValue(context.Operation.Id, out var wanted))
            wanted = _positions[context.Operation.Id] = await PositionOfAsync(nodes.First(node => node.Member == primary), cancellationToken);
        var confirming = LeavingNodes.ConfirmingOf(seen, nodes).ToHashSet(StringComparer.Ordinal);
        var positions = await Task.WhenAll(nodes.Where(node => confirming.Contains(node.Member)).Select(node => PositionOfAsync(node, cancellationToken)));
        return positions.Any(position => position >= wanted);
    }

    private async Task<long> PositionOfAsync(Instance node, CancellationToken cancellationToken) => (await builder.AgentOf(node.HostId).GetPositionAsync(node.Id, cancellationToken)).Bytes;

    private static bool IsCopy(StepContext context, Instance node, ClusterObservation seen) =>
        context.Nodes!.Copies.TryGetValue(node.Id, out var timeline) && timeline > 0 && timeline == seen.Timeline;
}
