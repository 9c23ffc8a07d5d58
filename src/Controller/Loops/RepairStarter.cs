using Agents.Controller.Execution;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Loops;

/// <summary>
/// Begins the operations that the planner proposes: under the cluster's gate, while nothing else is done to it, after the need for it has stood for a while, and with growing pauses
/// after failures. Beginning is one transaction, in which the cluster is read once more; the operation loop does the rest.
/// </summary>
internal sealed class RepairStarter(IStore store, IFleetView fleet, OwnerGate gate, LocalNudge nudge, TimeProvider timeProvider, ILogger<RepairStarter> logger)
{
    /// <summary>How long something must be amiss: what is told in pieces may look so for a moment.</summary>
    public static TimeSpan StandingTime { get; } = TimeSpan.FromSeconds(10);

    private const string Principal = "controller";
    private const int HistoryMax = 20;

    /// <summary>Begins it, or leaves it for a later turn.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="planned">What is proposed.</param>
    /// <param name="decide">The proposal for the cluster as it is in the store.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    public async Task TryBeginAsync(Cluster cluster, PlannedOperation planned, Func<Cluster, IReadOnlyList<Instance>, PlannedOperation?> decide, CancellationToken cancellationToken)
    {
        if (!planned.IsUrgent && !HasStood(cluster, planned))
            return;
        if (await BeginAsync(cluster, decide, cancellationToken) is not { } begun)
            return;
        Log.RepairBegun(logger, cluster.Name, begun.Kind, begun.Id, planned.Reason);
        nudge.Nudge(); // The operation's first step at once.
    }

    private async Task<Operation?> BeginAsync(Cluster cluster, Func<Cluster, IReadOnlyList<Instance>, PlannedOperation?> decide, CancellationToken cancellationToken)
    {
        using var ownership = gate.TryOwn(cluster.Ref); // None while something is being done for the cluster.
        return ownership is null ? null : await store.WriteAsync(writer => Begin(writer, cluster.Id, decide), cancellationToken);
    }

    private bool HasStood(Cluster cluster, PlannedOperation planned) =>
        fleet.Held(cluster.Id).FirstOrDefault(held => held.Hold.Member == planned.Instance.Member) is { } held && timeProvider.GetUtcNow() - held.Since >= StandingTime;

    private Operation? Begin(IStoreWriter writer, ClusterId id, Func<Cluster, IReadOnlyList<Instance>, PlannedOperation?> decide)
    {
        var now = timeProvider.GetUtcNow();
        if (writer.FindCluster(id) is not { } cluster || decide(cluster, writer.ListInstances(cluster.Ref)) is not { } planned)
            return null;
        var history = writer.ListOperations(new OperationFilter(null, id.Value, null, HistoryMax));
        if (planned.IsUrgent ? !FailoverPause.IsOver(history, now) : !RepairPause.IsOver(planned.Kind, history, now))
            return null;

        var operation = writer.AddOperation(NewOperation.On(cluster, planned.Kind, ArgumentsOf(cluster, planned), new Origin(Principal, "", planned.Reason, ""), now));
        Invariant.Require(writer.UpdateCluster(cluster.TakenBy(operation.Id), cluster.Generation), "a cluster does not change within one transaction");
        writer.AddEvent(NewEvent.Of(operation, "requested", now));
        return operation;
    }

    private string ArgumentsOf(Cluster cluster, PlannedOperation planned) => planned.Kind == OperationKinds.PostgresClusterFailover
        ? new FailoverArguments(planned.Instance.Id, Invariant.NotNull(planned.Ended, "a failover is planned for an end that was seen"), fleet.Cluster(cluster.Id)?.TimelineOf(planned.Instance.Member) ?? 0).ToJson()
        : new ReplaceMemberArguments(planned.Instance.Id, new InstanceId(Guid.NewGuid())).ToJson();
}
