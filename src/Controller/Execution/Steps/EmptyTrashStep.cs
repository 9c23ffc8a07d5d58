using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Sees to the end of what a purge has asked to be removed from the trash at once. The leftovers are carried out by who carries out all of them; what is on hosts that are away, or is
/// refused, is not waited for here.
/// </summary>
internal sealed class EmptyTrashStep(IStore store, IAgents agents, IFleetView fleet, FirstSight firstSight) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => StepNames.EmptyTrash;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var left = await store.ReadAsync(reader => reader.ListLeftovers().Where(leftover => leftover.OperationId == context.Operation.Id).ToList(), cancellationToken);
        var waiting = left.Where(leftover => firstSight.IsAwaited(leftover.HostId) || UndoneOf(leftover) is null).ToList();
        return waiting.Count > 0
            ? new StepOutcome.Again($"removing {string.Join(", ", waiting.Select(leftover => leftover.Name).Order(StringComparer.Ordinal))}")
            : new StepOutcome.Done(ClusterRemover.Undone.Message(context, [.. left.Select(UndoneOf).OfType<ClusterRemover.Undone>().Distinct()], "data removed"));
    }

    /// <summary>Null for what is about to be removed.</summary>
    private ClusterRemover.Undone? UndoneOf(Leftover leftover) =>
        agents.Find(leftover.HostId) is null ? new ClusterRemover.Undone(leftover.HostId, "")
        : fleet.TroubleOf(leftover.HostId, leftover.Name) is { Length: > 0 } trouble ? new ClusterRemover.Undone(leftover.HostId, trouble)
        : null;
}
