using Agents.Controller.Stores;
using Agents.Domain.Engines;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Removes configuration, networks and, with a purge, data; the rest is written down as leftovers in the transaction that takes the instances out of the store.
/// </summary>
internal sealed class RemoveDataStep(IStore store, ClusterRemover remover, bool alwaysPurge) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => StepNames.RemoveData;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var purge = alwaysPurge || DeleteArguments.Parse(context.Operation.Arguments).Purge;
        // Once more for those that a stopped try of an earlier step has missed: what is gone already costs nothing.
        var containers = await remover.RemoveContainersAsync(context, cancellationToken);
        var rest = await remover.RemoveRestAsync(context, purge, destroyData: !alwaysPurge, cancellationToken);
        ClusterRemover.Undone[] undone = [.. containers.Union(rest)];

        await store.WriteAsync(
            writer =>
            {
                remover.WriteLeftovers(writer, context, undone, purge, destroyData: !alwaysPurge);
                writer.RemoveCredentials(context.Cluster.Ref);
                return true;
            },
            cancellationToken);
        return new StepOutcome.Done(ClusterRemover.Undone.Message(context, undone, purge ? "data removed" : $"data kept for {ClusterRemover.TrashTime.TotalDays} days"));
    }
}
