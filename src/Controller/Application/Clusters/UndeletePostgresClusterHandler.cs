using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Agents.Controller.Application.Restores;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;
using Agents.Protocol;

namespace Agents.Controller.Application.Clusters;

/// <summary>
/// Brings a deleted cluster back: its instances with their places, the operation that makes them, and the end of all that awaited its removal are one transaction. So nothing of it
/// is purged from then on, and a purge that has begun is not overtaken.
/// </summary>
internal sealed class UndeletePostgresClusterHandler(IStore store, IFleetView fleet, Candidates candidates, LocalNudge nudge, TimeProvider timeProvider)
{
    /// <summary>Begins it.</summary>
    public async Task<Operation> HandleAsync(UndeletePostgresCluster command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny(
        [
            .. RequestRules.CheckProject(command.Project),
            .. command.Name.Length > 0 && !ResourceName.IsValid(command.Name) ? [new Violation("name", ResourceName.Rule)] : ImmutableArray<Violation>.Empty,
            .. RequestRules.CheckRequestId(command.RequestId),
            .. RequestRules.CheckReason(command.Reason),
        ]);
        try
        {
            var operation = await store.WriteAsync(writer => Undelete(writer, command, caller), cancellationToken);
            nudge.Nudge();
            return operation;
        }
        catch (PlacementTakenException exception)
        {
            throw Refusals.CannotComeBack(exception.Message);
        }
    }

    private Operation Undelete(IStoreWriter writer, UndeletePostgresCluster command, Caller caller)
    {
        var identity = RequestIdentity.Of(caller, command.RequestId, OperationKinds.PostgresClusterUndelete, command.Project, command.Id, command.Name, command.Primary);
        if (identity.FindFirst(writer) is { } first)
            return Invariant.NotNull(writer.FindOperation(OperationId.Parse(first.OperationId)), "operations are kept");

        var cluster = ClusterLookup.GetDeleted(writer, caller, command.Project, command.Id);
        ObserveOnlyRule.Require(fleet, cluster.Ref);
        if (cluster.Trash is not { IsPurging: false, Gone: "" } trash)
            throw Refusals.NothingInTrash(cluster);
        var name = command.Name.Length > 0 ? command.Name : cluster.Name;
        if (writer.FindCluster(cluster.Project, name) is not null)
            throw Refusals.NameOfUndeletedTaken(cluster, name);

        var now = timeProvider.GetUtcNow();
        var (renamed, plan) = PlanOf(writer, cluster with { Name = name }, trash, command.Primary);
        var operation = writer.AddOperation(OperationOf(command, caller, renamed, plan, now));
        StrikeOff(writer, cluster, trash, now);
        var coming = renamed.TakenBy(operation.Id) with
        {
            Lifecycle = ClusterLifecycle.Undeleting,
            Generation = cluster.Generation + 1,
            NextOrdinal = Math.Max(cluster.NextOrdinal, plan.Instances.Max(instance => instance.Ordinal) + 1),
            DeletedAt = null,
        };
        Invariant.Require(writer.UpdateCluster(coming, cluster.Generation), "a cluster does not change within one transaction");
        writer.AddInstances(plan.Instances);
        writer.AddEvent(NewEvent.Of(operation, "requested", now));
        identity.Keep(writer, cluster.Id.ToString(), operation.Id.ToString(), now);
        return operation;
    }

    /// <summary>A person is believed only where the record does not know, for what it knows was seen, or where the data of the node that it knows cannot be had.</summary>
    private static InstanceId? ChosenOf(Trash trash, string? loss, string primary)
    {
        if (primary.Length == 0)
            return null;
        if (trash.Primary is { } known && loss is null)
            throw Refusals.Invalid("primary", $"it is known that {known.Member} was the primary, and its data is there: leave it out");
        return trash.Members.FirstOrDefault(node => node.Member == primary || node.Id.ToString() == primary) is { } node
            ? node.Id
            : throw Refusals.Invalid("primary", $"it has no node \"{primary}\" ({trash.MembersText})");
    }

    private (Cluster Coming, UndeletePlan Plan) PlanOf(IStoreWriter writer, Cluster cluster, Trash trash, string primary)
    {
        if (writer.FindImageSet(cluster.ImageSet) is null)
            throw Refusals.NoImageSet();
        var kept = StandingOf(writer, cluster).Select(leftover => leftover.InstanceId).OfType<InstanceId>().ToHashSet();
        // What the delete could not stop may still run as it was, even as a primary: nothing is built over that. What is held back is the cluster's that comes back.
        var now = timeProvider.GetUtcNow();
        if (writer.ListLeftovers().FirstOrDefault(leftover => leftover.NotBefore <= now && leftover.Kind == LeftoverKind.Instance && leftover.InstanceId is { } id && kept.Contains(id) && fleet.Host(leftover.HostId).State == HostState.Ready) is { } running)
            throw Refusals.CannotComeBack($"the delete has yet to take down {running.Name} on host {writer.FindHost(running.HostId)?.Name}: try again in a moment");
        var networks = writer.ListNetworks().Where(network => network.Owner == cluster.Ref).ToDictionary(network => network.HostId, network => network.Subnet);
        var hosts = candidates.Of(writer, cluster.Project, cluster.Ref);
        var loss = trash.Primary is { } known ? UndeletePlan.LossOf(known, kept, hosts) ?? LossOfLastTry(writer, cluster) : null;
        var coming = cluster with { Trash = trash with { Chosen = ChosenOf(trash, loss, primary) } };
        if (loss is not null && primary.Length == 0)
            throw Refusals.CannotComeBack(UndeletePlan.OthersText(coming, loss, kept, hosts));
        var plan = UndeletePlan.Of(coming, kept, hosts, networks);
        return plan.Problem is { } problem ? throw Refusals.CannotComeBack(problem) : (coming, plan);
    }

    /// <summary>Whether the volume of the primary holds its data shows only when that is to be started.</summary>
    private static string? LossOfLastTry(IStoreWriter writer, Cluster cluster) =>
        writer.ListOperations(new OperationFilter(null, cluster.Id.Value, null, 1)) is
            [{ Kind: OperationKinds.PostgresClusterUndelete, Error: { Reason: ErrorReasons.DataGone or ErrorReasons.DataForeign } error }]
            ? $"it was tried, and the data of its primary is not in its volume ({error.Message})"
            : null;

    /// <summary>The data that is kept, without what a host that tells of all its volumes does not have any more.</summary>
    private IEnumerable<Leftover> StandingOf(IStoreWriter writer, Cluster cluster) => TrashRules.KeptOf(writer, cluster).Where(leftover =>
        fleet.Host(leftover.HostId) is not { State: HostState.Ready, IsCurrent: true, IsTruncated: false } host || host.Volumes.Contains(leftover.Name));

    /// <summary>What still stands of the coming instances is theirs again. What belongs to instances that do not come back goes on being removed.</summary>
    private void StrikeOff(IStoreWriter writer, Cluster cluster, Trash trash, DateTimeOffset now)
    {
        var kept = StandingOf(writer, cluster).Select(leftover => leftover.InstanceId).ToHashSet();
        var hosts = trash.Instances.Select(instance => instance.HostId).ToHashSet();
        var struck = writer.ListLeftovers().Where(leftover => leftover.Owner == cluster.Ref && (leftover.InstanceId is null ? hosts.Contains(leftover.HostId) : kept.Contains(leftover.InstanceId))).ToList();
        struck.ForEach(writer.RemoveLeftover);
        foreach (var id in struck.Select(leftover => leftover.OperationId).Distinct())
            AwaitedHosts.EndIfNoneIsLeft(writer, id, now);
    }

    private static Operation OperationOf(UndeletePostgresCluster command, Caller caller, Cluster cluster, UndeletePlan plan, DateTimeOffset now)
    {
        var arguments = new JsonObject { ["away"] = new JsonArray([.. plan.Away.Select(host => JsonValue.Create(host.ToString()))]) };
        return NewOperation.On(cluster, OperationKinds.PostgresClusterUndelete, arguments.ToJsonString(), caller.OriginOf(command.Reason, command.RequestId), now) with { Warnings = plan.Warnings };
    }
}
