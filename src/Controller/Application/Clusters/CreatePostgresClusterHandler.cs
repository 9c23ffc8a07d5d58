using Agents.Controller.Application.Restores;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Specs;

namespace Agents.Controller.Application.Clusters;

/// <summary>
/// Creates a cluster: the spec, its placed instances with all that they take of their hosts, the operation that makes it, the event and the answer to repetitions are one transaction:
/// what is planned next finds it taken. Nothing is done to any host here.
/// </summary>
internal sealed class CreatePostgresClusterHandler(IStore store, IFleetView fleet, ClusterPlanner planner, ClusterViews views, LocalNudge nudge, TimeProvider timeProvider)
{
    /// <summary>Creates the cluster, or plans it.</summary>
    public async Task<CreatedPostgresCluster> HandleAsync(CreatePostgresCluster command, Caller caller, CancellationToken cancellationToken)
    {
        Refusals.ThrowIfAny(Check(command));
        var project = caller.ProjectOf(command.Project);
        try
        {
            if (command.ValidateOnly)
                return await store.ReadAsync(reader => PlanOnly(reader, command, project), cancellationToken);
            var created = await store.WriteAsync(writer => Create(writer, command, caller, project), cancellationToken);
            nudge.Nudge();
            return created;
        }
        catch (NameTakenException exception)
        {
            throw Refusals.NameTaken(exception);
        }
    }

    private static IEnumerable<Violation> Check(CreatePostgresCluster command) =>
    [
        .. RequestRules.CheckProject(command.Project),
        .. SpecValidator.Check(command.Name, command.Labels, command.Spec),
        .. RequestRules.CheckRequestId(command.RequestId),
        .. RequestRules.CheckReason(command.Reason),
    ];

    private CreatedPostgresCluster PlanOnly(IStoreReader reader, CreatePostgresCluster command, string project)
    {
        if (reader.FindCluster(project, command.Name) is not null)
            throw new NameTakenException("cluster", command.Name);
        return new CreatedPostgresCluster(null, null, planner.Plan(reader, new ClusterId(Guid.Empty), project, command.Name, command.Spec));
    }

    private CreatedPostgresCluster Create(IStoreWriter writer, CreatePostgresCluster command, Caller caller, string project)
    {
        var identity = RequestIdentity.Of(
            caller, command.RequestId, OperationKinds.PostgresClusterCreate, project, command.Name, LabelText.Of(command.Labels.Values), SpecText.Of(command.Spec));
        if (identity.FindFirst(writer) is { } first)
            return Repeat(writer, first);
        ObserveOnlyRule.Require(fleet);
        if (writer.FindCluster(project, command.Name) is not null)
            throw new NameTakenException("cluster", command.Name); // Said before a plan that may fail for reasons of no interest then.

        var now = timeProvider.GetUtcNow();
        var id = new ClusterId(Guid.CreateVersion7(now));
        var plan = planner.Plan(writer, id, project, command.Name, command.Spec);
        var cluster = ClusterOf(command, project, id, plan, now);
        var operation = NewOperation.On(cluster, OperationKinds.PostgresClusterCreate, "{}", caller.OriginOf(command.Reason, command.RequestId), now);
        cluster = cluster with { HeldBy = operation.Id };
        writer.AddCluster(cluster);
        writer.AddInstances(plan.Placement.Instances);
        operation = writer.AddOperation(operation);
        writer.AddEvent(NewEvent.Of(operation, "requested", now));
        identity.Keep(writer, id.ToString(), operation.Id.ToString(), now, plan.Placement);
        return new CreatedPostgresCluster(operation, views.Of(writer, cluster), plan);
    }

    private CreatedPostgresCluster Repeat(IStoreWriter writer, IdempotentAnswer first)
    {
        var operation = Invariant.NotNull(writer.FindOperation(OperationId.Parse(first.OperationId)), "operations are kept");
        var cluster = Invariant.NotNull(writer.FindCluster(ClusterId.Parse(first.ResourceId)), "clusters leave a tombstone");
        return new CreatedPostgresCluster(operation, views.Of(writer, cluster), PlanOf(writer, first, cluster));
    }

    /// <summary>The plan of the first answer; none in answers of a version that did not keep it.</summary>
    private static ClusterPlan? PlanOf(IStoreWriter writer, IdempotentAnswer first, Cluster cluster) => first.Placement is not { } placement ? null : new ClusterPlan(
        placement, writer.ListHosts(null).ToDictionary(host => host.Id, host => host.Name), cluster.Effective, cluster.Revision, cluster.ImageSet);

    private static Cluster ClusterOf(CreatePostgresCluster command, string project, ClusterId id, ClusterPlan plan, DateTimeOffset now) => new()
    {
        Id = id,
        Project = project,
        Name = command.Name,
        Labels = command.Labels,
        Spec = command.Spec,
        Effective = plan.Effective,
        Revision = plan.Revision,
        ImageSet = plan.ImageSet,
        Generation = 1,
        Lifecycle = ClusterLifecycle.Creating,
        NextOrdinal = plan.Placement.Instances.Length + 1,
        CreatedAt = now,
    };
}
