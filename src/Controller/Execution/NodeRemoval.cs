using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Domain.Specs;

namespace Agents.Controller.Execution;

/// <summary>Takes nodes of a cluster that goes on off their hosts, and in one transaction out of the store and out of what the cluster is meant to have.</summary>
internal sealed class NodeRemoval(IStore store, ClusterRemover remover)
{
    /// <summary>Removes nodes. What a host that is away has of them becomes a leftover. Returns where it was not done.</summary>
    /// <param name="context">The operation.</param>
    /// <param name="leaving">The nodes.</param>
    /// <param name="keepsData">Whose data stays on its host, for a person to decide about.</param>
    /// <param name="destroyData">Whether the other data goes where it is known to be some.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<ClusterRemover.Undone>> RemoveAsync(
        StepContext context, IReadOnlyList<Instance> leaving, Func<Instance, bool> keepsData, bool destroyData, CancellationToken cancellationToken)
    {
        var undone = await remover.RemoveNodesAsync(context, leaving, keepsData, destroyData, cancellationToken);
        await store.WriteAsync(
            writer =>
            {
                var cluster = Invariant.NotNull(writer.FindCluster(context.Cluster.Id), "the cluster of an open operation exists");
                remover.WriteLeftovers(writer, context, leaving, undone, keepsData, destroyData);
                foreach (var instance in leaving)
                    ClusterVault.Remove(writer, instance);
                var count = writer.ListInstances(cluster.Ref).Count(instance => instance.Profile.IsNode);
                Invariant.Require(writer.UpdateCluster(SpecChange.WithNodes(cluster, count), cluster.Generation), "a cluster does not change within one transaction");
                return true;
            },
            cancellationToken);
        return undone;
    }

    /// <summary>
    /// What is done when nodes that were asked for could not be made: as long as no start was tried they are taken back, with all that there is of them. From then on one of them may have confirmed commits
    /// that nobody else has, and the loop goes on with what is missing. Returns what is to be said of it.
    /// </summary>
    public async Task<string> TakeBackAsync(StepContext context, CancellationToken cancellationToken)
    {
        var operation = await store.ReadAsync(reader => reader.FindOperation(context.Operation.Id), cancellationToken);
        if (operation?.Steps.FirstOrDefault(step => step.Name == StepNames.StartNodes) is not { State: OperationState.Pending })
            return "they are made all the same, as soon as that can be: look at the cluster";
        // They are none any more where an earlier try was cut off between this and the operation's end.
        var undone = context.Present.Count == 0 ? [] : await RemoveAsync(context, context.Present, _ => false, destroyData: false, cancellationToken);
        return ClusterRemover.Undone.Message(context, undone, $"the cluster has its {Counted.Of(context.Others.Count(instance => instance.Profile.IsNode), "node")} as before");
    }
}
