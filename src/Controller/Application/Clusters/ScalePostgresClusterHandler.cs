using System.Collections.Immutable;
using System.Globalization;
using Agents.Controller.Application.Restores;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Domain.Scheduling;
using Agents.Domain.Specs;

namespace Agents.Controller.Application.Clusters;

/// <summary>
/// Has a cluster get replicas, or lose some. The nodes that it gets are placed, and what they take of their hosts is taken, in the transaction that begins the operation, which is when the spec changes, too; of those
/// that it loses nothing changes before they are gone.
/// </summary>
internal sealed class ScalePostgresClusterHandler(IStore store, IFleetView fleet, Candidates candidates, LocalNudge nudge, TimeProvider timeProvider)
{
    /// <summary>Begins it.</summary>
    public async Task<Operation> HandleAsync(ScalePostgresCluster command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny(Check(command));
        var operation = await store.WriteAsync(writer => Begin(writer, command, caller), cancellationToken);
        nudge.Nudge();
        return operation;
    }

    /// <summary>What it would do, or why it is refused. Nothing is begun.</summary>
    public Task<VerbPlan> PlanAsync(ScalePostgresCluster command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny(Check(command));
        return store.ReadAsync(
            reader =>
            {
                var (cluster, nodes, seen) = Find(reader, command, caller);
                var plans = VerbSight.Of(reader, fleet, cluster, timeProvider.GetUtcNow());
                return command.Action == ScalePostgresCluster.Direction.Add
                    ? plans.OfAddNodes(Place(reader, cluster, command), reader.ListHosts(cluster.Project).ToDictionary(host => host.Id, host => host.Name))
                    : plans.OfRemoveNodes(Choose(reader, cluster, nodes, seen, command));
            },
            cancellationToken);
    }

    private static IEnumerable<Violation> Check(ScalePostgresCluster command)
    {
        foreach (var violation in new[] { RequestRules.CheckProject(command.Project), RequestRules.CheckRequestId(command.RequestId), RequestRules.CheckReason(command.Reason) }.SelectMany(all => all))
            yield return violation;
        if (command.Action is null)
            yield return new Violation("action", "say \"add\" or \"remove\"");
        if (command.NodeCount is < 0 or >= SpecValidator.NodesMax)
            yield return new Violation("node_count", $"say how many nodes are added or removed: 1 to {SpecValidator.NodesMax - 1}");
        if (command.Nodes.Length > SpecValidator.NodesMax)
            yield return new Violation("nodes", $"name {SpecValidator.NodesMax} at most");
        if (command.Nodes.Length > 0 && command.Action == ScalePostgresCluster.Direction.Add)
            yield return new Violation("nodes", "only nodes that are removed are named: those that are added get their names with their places");
        if (command.Nodes.Length > 0 && command.NodeCount > 0 && command.NodeCount != command.Nodes.Distinct(StringComparer.Ordinal).Count())
            yield return new Violation("node_count", "it differs from the number of nodes that are named: leave it out");
    }

    private Operation Begin(IStoreWriter writer, ScalePostgresCluster command, Caller caller)
    {
        var isAdded = command.Action == ScalePostgresCluster.Direction.Add;
        var kind = isAdded ? OperationKinds.PostgresClusterAddNodes : OperationKinds.PostgresClusterRemoveNodes;
        var identity = RequestIdentity.Of(
            caller, command.RequestId, kind, command.Project, command.Id, command.NodeCount.ToString(CultureInfo.InvariantCulture), string.Join(',', command.Nodes.Order(StringComparer.Ordinal)));
        if (identity.FindFirst(writer) is { } first)
            return Invariant.NotNull(writer.FindOperation(OperationId.Parse(first.OperationId)), "operations are kept");

        var (cluster, nodes, seen) = Find(writer, command, caller);
        IReadOnlyList<Instance> changed = isAdded ? Place(writer, cluster, command).Instances : [.. Choose(writer, cluster, nodes, seen, command).Select(node => node.Node)];
        var now = timeProvider.GetUtcNow();
        var operation = writer.AddOperation(NewOperation.On(cluster, kind, NodesArguments.Of(changed.Select(node => node.Id)).ToJson(), caller.OriginOf(command.Reason, command.RequestId), now));
        var taken = cluster.TakenBy(operation.Id);
        if (isAdded)
        {
            writer.AddInstances(changed);
            taken = SpecChange.WithNodes(taken, nodes.Count + changed.Count) with { NextOrdinal = cluster.NextOrdinal + changed.Count };
        }
        else
        {
            InstanceGenerations.Raise(writer, cluster.Ref, instance => changed.Any(node => node.Id == instance.Id)); // What was sent to start one of them, and comes late, is not obeyed.
        }

        Invariant.Require(writer.UpdateCluster(taken, cluster.Generation), "a cluster does not change within one transaction");
        writer.AddEvent(NewEvent.Of(operation, "requested", now));
        identity.Keep(writer, cluster.Id.ToString(), operation.Id.ToString(), now);
        return operation;
    }

    /// <summary>The cluster, if it can be changed now, its nodes and what its engine says.</summary>
    private (Cluster Cluster, IReadOnlyList<Instance> Nodes, ClusterObservation Seen) Find(IStoreReader reader, ScalePostgresCluster command, Caller caller)
    {
        var cluster = ClusterLookup.Get(reader, caller, command.Project, command.Id);
        ObserveOnlyRule.Require(fleet, cluster.Ref);
        if (cluster.HeldBy is { } holder)
            throw Refusals.OperationInProgress(cluster, holder);
        // Who is added copies from the primary, and who is taken out must not be it.
        return !cluster.IsStopped && fleet.Cluster(cluster.Id) is { Primary: not null } seen && seen.IsFresh(timeProvider.GetUtcNow())
            ? (cluster with { NextOrdinal = FoundNodes.NextOrdinalOf(cluster, seen) }, [.. reader.ListInstances(cluster.Ref).Where(instance => instance.Profile.IsNode)], seen)
            : throw Refusals.NoPrimary(cluster);
    }

    private Placement Place(IStoreReader reader, Cluster cluster, ScalePostgresCluster command)
    {
        var present = reader.ListInstances(cluster.Ref);
        var count = present.Count(instance => instance.Profile.IsNode) + Math.Max(1, command.NodeCount);
        if (count > SpecValidator.NodesMax)
            throw Refusals.Invalid("node_count", $"the cluster would have {count} nodes, and has {SpecValidator.NodesMax} at most");
        var images = Invariant.NotNull(reader.FindImageSet(cluster.ImageSet), $"image set {cluster.ImageSet} is in the store");
        var placement = Scheduler.Place(
            new PlacementRequest(cluster.Ref, cluster.Project, cluster.Name, SpecChange.WithNodes(cluster, count).Effective, cluster.NextOrdinal, cluster.Revision, images) { Present = present },
            candidates.Of(reader, cluster.Project, cluster.Ref));
        return placement.IsFeasible ? placement : throw Refusals.NoPlacement(placement);
    }

    private ImmutableArray<(Instance Node, string Why)> Choose(IStoreReader reader, Cluster cluster, IReadOnlyList<Instance> nodes, ClusterObservation seen, ScalePostgresCluster command)
    {
        var hosts = nodes.Select(node => node.HostId).Distinct().ToList();
        var rules = new LeavingNodes(
            cluster, nodes, seen, hosts.Where(host => VerbSight.IsAway(fleet, host)).ToHashSet(), hosts.Where(host => reader.FindHost(host) is { Cordoned: true }).ToHashSet());
        var count = Math.Max(1, command.NodeCount);
        var leaving = command.Nodes.IsEmpty ? rules.Choose(count) : [.. command.Nodes.Select(name => Find(nodes, name)).DistinctBy(node => node.Id).Select(node => (node, "it is named"))];
        if (command.Nodes.IsEmpty && leaving.Length < count)
            throw Refusals.Invalid("node_count", $"the cluster has {Counted.Of(nodes.Count - 1, "replica")}, and its primary stays");
        return rules.ProblemOf([.. leaving.Select(node => node.Node)]) is { } problem ? throw Refusals.NodesNeeded(cluster, problem) : leaving;
    }

    private static Instance Find(IReadOnlyList<Instance> nodes, string name) => nodes.FirstOrDefault(node => node.Member == name || node.Id.ToString() == name)
        ?? throw Refusals.Invalid("nodes", $"the cluster has no node \"{name}\" ({string.Join(", ", nodes.Select(node => node.Member))})");
}
