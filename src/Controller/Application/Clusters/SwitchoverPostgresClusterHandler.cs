using Agents.Controller.Application.Restores;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Application.Clusters;

/// <summary>
/// Has the lead of a cluster handed over, alone or in a restart of all nodes: the operation and what holds its cluster are one transaction. What is seen now decides whether it is begun; the engine decides in the end, when it
/// is at it.
/// </summary>
internal sealed class SwitchoverPostgresClusterHandler(IStore store, IFleetView fleet, LocalNudge nudge, TimeProvider timeProvider)
{
    private const string Streaming = "streaming";

    /// <summary>Begins it.</summary>
    public async Task<Operation> HandleAsync(SwitchoverPostgresCluster command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny([.. RequestRules.CheckProject(command.Project), .. RequestRules.CheckRequestId(command.RequestId), .. RequestRules.CheckReason(command.Reason)]);
        var operation = await store.WriteAsync(writer => Begin(writer, command, caller), cancellationToken);
        nudge.Nudge();
        return operation;
    }

    /// <summary>What it would do, or why it is refused. Nothing is begun.</summary>
    public Task<VerbPlan> PlanAsync(SwitchoverPostgresCluster command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny([.. RequestRules.CheckProject(command.Project), .. RequestRules.CheckRequestId(command.RequestId), .. RequestRules.CheckReason(command.Reason)]);
        return store.ReadAsync(
            reader =>
            {
                var (cluster, arguments) = Check(reader, command, caller);
                var plans = VerbSight.Of(reader, fleet, cluster, timeProvider.GetUtcNow());
                return command.Kind == OperationKinds.PostgresClusterRestart ? plans.OfRestart(arguments) : plans.OfSwitchover(arguments);
            },
            cancellationToken);
    }

    /// <summary>The cluster, if that can be begun now, and what the operation needs to know.</summary>
    private (Cluster Cluster, SwitchoverArguments Arguments) Check(IStoreReader reader, SwitchoverPostgresCluster command, Caller caller)
    {
        var cluster = ClusterLookup.Get(reader, caller, command.Project, command.Id);
        ObserveOnlyRule.Require(fleet, cluster.Ref);
        if (cluster.HeldBy is { } holder)
            throw Refusals.OperationInProgress(cluster, holder);
        return (cluster, ArgumentsOf(cluster, [.. reader.ListInstances(cluster.Ref).Where(instance => instance.Profile.IsNode)], command));
    }

    private Operation Begin(IStoreWriter writer, SwitchoverPostgresCluster command, Caller caller)
    {
        var identity = RequestIdentity.Of(caller, command.RequestId, command.Kind, command.Project, command.Id, command.To);
        if (identity.FindFirst(writer) is { } first)
            return Invariant.NotNull(writer.FindOperation(OperationId.Parse(first.OperationId)), "operations are kept");

        var (cluster, arguments) = Check(writer, command, caller);
        var now = timeProvider.GetUtcNow();
        var operation = writer.AddOperation(NewOperation.On(cluster, command.Kind, arguments.ToJson(), caller.OriginOf(command.Reason, command.RequestId), now));
        Invariant.Require(writer.UpdateCluster(cluster.TakenBy(operation.Id), cluster.Generation), "a cluster does not change within one transaction");
        writer.AddEvent(NewEvent.Of(operation, "requested", now));
        identity.Keep(writer, cluster.Id.ToString(), operation.Id.ToString(), now);
        return operation;
    }

    private SwitchoverArguments ArgumentsOf(Cluster cluster, IReadOnlyList<Instance> nodes, SwitchoverPostgresCluster command)
    {
        var (to, isRestart) = (command.To, command.Kind == OperationKinds.PostgresClusterRestart);
        var target = to.Length == 0 ? null : nodes.FirstOrDefault(node => node.Member == to || node.Id.ToString() == to)
            ?? throw Refusals.Invalid("to", $"the cluster has no node \"{to}\" ({string.Join(", ", nodes.Select(node => node.Member))})");
        if (nodes.Count == 1 && !isRestart)
            throw Refusals.NoCandidate(cluster, "it has one node");
        var seen = !cluster.IsStopped && fleet.Cluster(cluster.Id) is { } report && report.IsFresh(timeProvider.GetUtcNow()) ? report : null;
        if (nodes.FirstOrDefault(node => node.Member == seen?.Primary) is not { } primary)
            throw Refusals.NoPrimary(cluster);
        if (target?.Id == primary.Id)
            throw Refusals.Invalid("to", $"{primary.Member} is the primary already");
        if (nodes.Count > 1)
            RequireCandidate(cluster, seen!, target);
        return new SwitchoverArguments(primary.Id, target?.Id, seen!.TimelineOf(primary.Member));
    }

    private static void RequireCandidate(Cluster cluster, ClusterObservation seen, Instance? target)
    {
        var replicas = seen.Members.Where(member => !member.IsPrimary).ToList();
        var able = replicas.Where(member => member is { State: Streaming, IsSlotLost: false }).Select(member => member.Name).ToList();
        if (target is null ? able.Count > 0 : able.Contains(target.Member))
            return;
        var states = string.Join(", ", replicas.Select(member => $"{member.Name} is {(member.State.Length > 0 ? member.State : "silent")}").DefaultIfEmpty("no replica is seen"));
        throw Refusals.NoCandidate(cluster, target is null ? $"no replica streams ({states})" : $"{target.Member} does not stream ({states})");
    }
}
