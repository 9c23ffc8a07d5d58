using System.Collections.Immutable;
using Agents.Controller.Application.Restores;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Application.Clusters;

/// <summary>
/// Stops a cluster, or starts one that was stopped. That it is meant so, the operation that brings it there, and what holds its cluster are one transaction: whatever becomes of the operation, the cluster
/// is kept as it is meant.
/// </summary>
internal sealed class PowerPostgresClusterHandler(IStore store, IFleetView fleet, LocalNudge nudge, TimeProvider timeProvider)
{
    /// <summary>Begins it.</summary>
    public async Task<Operation> HandleAsync(PowerPostgresCluster command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny([.. RequestRules.CheckProject(command.Project), .. RequestRules.CheckRequestId(command.RequestId), .. RequestRules.CheckReason(command.Reason)]);
        var operation = await store.WriteAsync(writer => Begin(writer, command, caller), cancellationToken);
        nudge.Nudge();
        return operation;
    }

    /// <summary>What it would do, or why it is refused. Nothing is begun.</summary>
    public Task<VerbPlan> PlanAsync(PowerPostgresCluster command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny([.. RequestRules.CheckProject(command.Project), .. RequestRules.CheckRequestId(command.RequestId), .. RequestRules.CheckReason(command.Reason)]);
        return store.ReadAsync(
            reader =>
            {
                var (cluster, arguments) = Check(reader, command, caller);
                var plans = VerbSight.Of(reader, fleet, cluster, timeProvider.GetUtcNow());
                return arguments is null ? plans.OfStop() : plans.OfStart(arguments);
            },
            cancellationToken);
    }

    /// <summary>The cluster, if that can be begun now, and what a start needs to know; null for a stop.</summary>
    private (Cluster Cluster, StartArguments? Arguments) Check(IStoreReader reader, PowerPostgresCluster command, Caller caller)
    {
        var cluster = ClusterLookup.Get(reader, caller, command.Project, command.Id);
        ObserveOnlyRule.Require(fleet, cluster.Ref);
        if (cluster.HeldBy is { } holder)
            throw Refusals.OperationInProgress(cluster, holder);
        // To stop once more stops what somebody has started since. What runs is as it is meant: it is not touched.
        return (cluster, command.Power == InstancePower.Stopped ? null : ArgumentsOf(reader, cluster));
    }

    private Operation Begin(IStoreWriter writer, PowerPostgresCluster command, Caller caller)
    {
        var kind = command.Power == InstancePower.Stopped ? OperationKinds.PostgresClusterStop : OperationKinds.PostgresClusterStart;
        var identity = RequestIdentity.Of(caller, command.RequestId, kind, command.Project, command.Id);
        if (identity.FindFirst(writer) is { } first)
            return Invariant.NotNull(writer.FindOperation(OperationId.Parse(first.OperationId)), "operations are kept");

        var (cluster, arguments) = Check(writer, command, caller);
        var now = timeProvider.GetUtcNow();
        var operation = writer.AddOperation(NewOperation.On(cluster, kind, arguments?.ToJson() ?? "{}", caller.OriginOf(command.Reason, command.RequestId), now));
        var isStarting = command.Power == InstancePower.Running;
        var note = cluster.Stopped ?? new Stopped { Nodes = [] };
        var stopped = note with { IsStarting = isStarting, IsOutdated = note.IsOutdated || isStarting };
        Invariant.Require(
            writer.UpdateCluster(cluster.TakenBy(operation.Id) with { Stopped = stopped, Generation = cluster.Generation + 1 }, cluster.Generation), "a cluster does not change within one transaction");
        if (isStarting)
            InstanceGenerations.RaiseToStart(writer, cluster.Ref);
        else
            InstanceGenerations.RaiseToStop(writer, cluster.Ref);
        writer.AddEvent(NewEvent.Of(operation, "requested", now));
        identity.Keep(writer, cluster.Id.ToString(), operation.Id.ToString(), now);
        return operation;
    }

    private StartArguments ArgumentsOf(IStoreReader reader, Cluster cluster)
    {
        if (!cluster.IsStopped)
            throw Refusals.NotStopped(cluster);
        var instances = reader.ListInstances(cluster.Ref);
        var away = instances.Select(instance => instance.HostId).Where(host => VerbSight.IsAway(fleet, host)).ToImmutableHashSet();
        var coordinators = instances.Where(instance => instance.Profile.IsCoordinator).ToList();
        if (instances.Where(instance => instance.Profile.IsNode).All(node => away.Contains(node.HostId)) || coordinators.Count(member => away.Contains(member.HostId)) * 2 >= coordinators.Count && coordinators.Count > 0)
            throw Refusals.HostsAway(cluster, [.. away.Select(host => reader.FindHost(host)?.Name ?? host.ToString()).Order(StringComparer.Ordinal)]);
        return new StartArguments(cluster.FormerPrimary, away);
    }
}
