using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Removes configuration, networks and, with a purge, data; the rest is written down as leftovers in the transaction that takes the instances out of the store.
/// </summary>
internal sealed class RemoveDataStep(IStore store, ClusterRemover remover, bool alwaysPurge, TimeProvider timeProvider) : IOperationStep
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
                if (writer.ListInstances(context.Cluster.Ref).Count == 0)
                    return false; // Written by a try whose answer was lost.
                remover.WriteLeftovers(writer, context, undone, purge, destroyData: !alwaysPurge);
                if (ClusterRemover.IsWorthKeeping(context, purge))
                    Keep(writer, context);
                else
                    Forget(writer, context);
                return true;
            },
            cancellationToken);
        return new StepOutcome.Done(ClusterRemover.Undone.Message(context, undone, purge ? "data removed" : $"data kept for {TrashRules.Time.TotalDays} days"));
    }

    /// <summary>What the cluster comes back from: its places, and the secrets that its data and its users know.</summary>
    private void Keep(IStoreWriter writer, StepContext context)
    {
        ClusterVault.RemoveInternal(writer, context.Cluster.Ref);
        Update(writer, context, (context.Cluster.Trash ?? new Trash { Instances = [], Nodes = [] }) with
        {
            Instances = [.. context.Instances],
            PurgeAt = timeProvider.GetUtcNow() + TrashRules.Time,
            IsCounted = false,
            Chosen = null,
        });
    }

    private static void Forget(IStoreWriter writer, StepContext context)
    {
        writer.RemoveCredentials(context.Cluster.Ref);
        Update(writer, context, null);
    }

    private static void Update(IStoreWriter writer, StepContext context, Trash? trash)
    {
        var cluster = Invariant.NotNull(writer.FindCluster(context.Cluster.Id), "the cluster of an open operation exists");
        Invariant.Require(writer.UpdateCluster(cluster with { Trash = trash }, cluster.Generation), "a cluster does not change within one transaction");
    }
}
