using Agents.Controller.Application.Restores;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Application.Clusters;

/// <summary>
/// Deletes a cluster: the tombstone, the operation that carries it out, the event and the answer to repetitions are one transaction, so that nothing is taken away
/// that could still be brought back, and nothing is brought back that is being taken away. With a purge it empties the trash of a cluster that is deleted already.
/// </summary>
internal sealed class DeletePostgresClusterHandler(IStore store, IFleetView fleet, LocalNudge nudge, TimeProvider timeProvider)
{
    /// <summary>Begins the delete.</summary>
    public async Task<Operation> HandleAsync(DeletePostgresCluster command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny([.. RequestRules.CheckRequestId(command.RequestId), .. RequestRules.CheckReason(command.Reason)]);
        var operation = await store.WriteAsync(writer => Delete(writer, command, caller), cancellationToken);
        nudge.Nudge();
        return operation;
    }

    private Operation Delete(IStoreWriter writer, DeletePostgresCluster command, Caller caller)
    {
        // The name may be gone, or another's, by the time of a repetition: it is answered before the cluster is looked for.
        var identity = RequestIdentity.Of(caller, command.RequestId, OperationKinds.PostgresClusterDelete, command.Project, command.Id, command.Etag, command.Purge.ToString());
        if (identity.FindFirst(writer) is { } first)
            return Invariant.NotNull(writer.FindOperation(OperationId.Parse(first.OperationId)), "operations are kept");

        var cluster = command.Purge ? ClusterLookup.GetToPurge(writer, caller, command.Project, command.Id) : ClusterLookup.Get(writer, caller, command.Project, command.Id);
        ObserveOnlyRule.Require(fleet, cluster.Ref);
        Etag.Require(command.Etag, cluster.Generation);
        if (cluster.HeldBy is { } holder)
            throw Refusals.OperationInProgress(cluster, holder);
        if (cluster is { Lifecycle: not ClusterLifecycle.Deleted, Effective.DeletionProtection: true })
            throw Refusals.DeletionProtected(cluster);

        var now = timeProvider.GetUtcNow();
        var operation = writer.AddOperation(OperationOf(command, caller, cluster, now));
        if (cluster.Lifecycle == ClusterLifecycle.Deleted)
            TrashRules.BeginPurge(writer, cluster, operation.Id, now);
        else
            BeginDelete(writer, cluster, operation.Id);
        writer.AddEvent(NewEvent.Of(operation, "requested", now));
        identity.Keep(writer, cluster.Id.ToString(), operation.Id.ToString(), now);
        return operation;
    }

    private static void BeginDelete(IStoreWriter writer, Cluster cluster, OperationId operation)
    {
        var tombstone = cluster.TakenBy(operation) with { Lifecycle = ClusterLifecycle.Deleting, Generation = cluster.Generation + 1 };
        Invariant.Require(writer.UpdateCluster(tombstone, cluster.Generation), "a cluster does not change within one transaction");
        InstanceGenerations.RaiseToStop(writer, cluster.Ref);
    }

    private static Operation OperationOf(DeletePostgresCluster command, Caller caller, Cluster cluster, DateTimeOffset now)
    {
        var arguments = command.Purge ? """{"purge":true}""" : """{"purge":false}""";
        var operation = NewOperation.On(cluster, OperationKinds.PostgresClusterDelete, arguments, caller.OriginOf(command.Reason, command.RequestId), now);
        return cluster.Lifecycle == ClusterLifecycle.Deleted ? operation with { Steps = OperationSteps.OfPurge } : operation;
    }
}
