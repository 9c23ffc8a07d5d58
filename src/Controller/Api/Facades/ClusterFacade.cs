using Agents.Controller.Api.Grpc;
using Agents.Controller.Api.Mapping;
using Agents.Controller.Application;
using Agents.Controller.Application.Clusters;
using Agents.Domain.Model;
using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Api.Facades;

/// <summary>Clusters in the words of the contract: gRPC serves this as it is, and REST calls it.</summary>
internal sealed class ClusterFacade(
    CreatePostgresClusterHandler create,
    GetPostgresClusterHandler get,
    ListPostgresClustersHandler list,
    UpdatePostgresClusterHandler update,
    DeletePostgresClusterHandler delete,
    UndeletePostgresClusterHandler undelete,
    SwitchoverPostgresClusterHandler switchover,
    PowerPostgresClusterHandler power,
    ScalePostgresClusterHandler scale,
    ListPostgresClusterFailoversHandler failovers,
    GetPostgresClusterCredentialsHandler credentials) : PostgresClusterService.PostgresClusterServiceBase
{
    /// <inheritdoc/>
    public override async Task<CreatePostgresClusterResponse> CreatePostgresCluster(CreatePostgresClusterRequest request, ServerCallContext context)
    {
        var command = new CreatePostgresCluster
        {
            Project = request.Project,
            Name = request.Name,
            Labels = SpecMapper.ToDomain(request.Labels),
            Spec = SpecMapper.ToDomain(request.Spec),
            ValidateOnly = request.ValidateOnly,
            RequestId = request.RequestId,
            Reason = request.Reason,
        };
        var created = await create.HandleAsync(command, context.Caller(), context.CancellationToken);
        return new CreatePostgresClusterResponse
        {
            Operation = created.Operation is { } operation ? OperationMapper.ToProto(operation) : null,
            Cluster = created.Cluster is { } cluster ? ClusterMapper.ToProto(cluster) : null,
            Plan = created.Plan is { } plan ? PlanMapper.ToProto(plan) : null,
        };
    }

    /// <inheritdoc/>
    public override async Task<GetPostgresClusterResponse> GetPostgresCluster(GetPostgresClusterRequest request, ServerCallContext context) =>
        new() { Cluster = ClusterMapper.ToProto(await get.HandleAsync(request.Project, request.Id, context.Caller(), context.CancellationToken)) };

    /// <inheritdoc/>
    public override async Task<ListPostgresClustersResponse> ListPostgresClusters(ListPostgresClustersRequest request, ServerCallContext context)
    {
        var page = await list.HandleAsync(request.Project, request.Deleted, new Paging(request.PageSize, request.PageToken), context.Caller(), context.CancellationToken);
        return new ListPostgresClustersResponse { Clusters = { page.Items.Select(ClusterMapper.ToProto) }, NextPageToken = page.NextToken };
    }

    /// <inheritdoc/>
    public override async Task<ListPostgresClusterFailoversResponse> ListPostgresClusterFailovers(ListPostgresClusterFailoversRequest request, ServerCallContext context) =>
        FailoverMapper.ToProto(await failovers.HandleAsync(request.Project, request.Id, context.Caller(), context.CancellationToken));

    /// <inheritdoc/>
    public override async Task<UpdatePostgresClusterResponse> UpdatePostgresCluster(UpdatePostgresClusterRequest request, ServerCallContext context)
    {
        var command = new UpdatePostgresCluster
        {
            Project = request.Project,
            Id = request.Id,
            Etag = request.Etag,
            Labels = request.Labels,
            Spec = SpecMapper.ToDomain(request.Spec),
            Replace = request.Replace,
            RequestId = request.RequestId,
        };
        return new UpdatePostgresClusterResponse { Cluster = ClusterMapper.ToProto(await update.HandleAsync(command, context.Caller(), context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override async Task<DeletePostgresClusterResponse> DeletePostgresCluster(DeletePostgresClusterRequest request, ServerCallContext context)
    {
        var command = new DeletePostgresCluster
        {
            Project = request.Project,
            Id = request.Id,
            Etag = request.Etag,
            Purge = request.Purge,
            RequestId = request.RequestId,
            Reason = request.Reason,
        };
        return new DeletePostgresClusterResponse { Operation = OperationMapper.ToProto(await delete.HandleAsync(command, context.Caller(), context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override async Task<UndeletePostgresClusterResponse> UndeletePostgresCluster(UndeletePostgresClusterRequest request, ServerCallContext context)
    {
        var command = new UndeletePostgresCluster
        {
            Project = request.Project,
            Id = request.Id,
            Name = request.Name,
            Primary = request.Primary,
            RequestId = request.RequestId,
            Reason = request.Reason,
        };
        return new UndeletePostgresClusterResponse { Operation = OperationMapper.ToProto(await undelete.HandleAsync(command, context.Caller(), context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override async Task<RestartPostgresClusterResponse> RestartPostgresCluster(RestartPostgresClusterRequest request, ServerCallContext context)
    {
        var command = new SwitchoverPostgresCluster { Kind = OperationKinds.PostgresClusterRestart, Project = request.Project, Id = request.Id, To = "", RequestId = request.RequestId, Reason = request.Reason };
        if (request.ValidateOnly)
            return new RestartPostgresClusterResponse { Plan = PlanMapper.ToProto(await switchover.PlanAsync(command, context.Caller(), context.CancellationToken)) };
        return new RestartPostgresClusterResponse { Operation = OperationMapper.ToProto(await switchover.HandleAsync(command, context.Caller(), context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override async Task<StopPostgresClusterResponse> StopPostgresCluster(StopPostgresClusterRequest request, ServerCallContext context)
    {
        var command = new PowerPostgresCluster { Power = InstancePower.Stopped, Project = request.Project, Id = request.Id, RequestId = request.RequestId, Reason = request.Reason };
        if (request.ValidateOnly)
            return new StopPostgresClusterResponse { Plan = PlanMapper.ToProto(await power.PlanAsync(command, context.Caller(), context.CancellationToken)) };
        return new StopPostgresClusterResponse { Operation = OperationMapper.ToProto(await power.HandleAsync(command, context.Caller(), context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override async Task<StartPostgresClusterResponse> StartPostgresCluster(StartPostgresClusterRequest request, ServerCallContext context)
    {
        var command = new PowerPostgresCluster { Power = InstancePower.Running, Project = request.Project, Id = request.Id, RequestId = request.RequestId, Reason = request.Reason };
        if (request.ValidateOnly)
            return new StartPostgresClusterResponse { Plan = PlanMapper.ToProto(await power.PlanAsync(command, context.Caller(), context.CancellationToken)) };
        return new StartPostgresClusterResponse { Operation = OperationMapper.ToProto(await power.HandleAsync(command, context.Caller(), context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override async Task<SwitchoverPostgresClusterResponse> SwitchoverPostgresCluster(SwitchoverPostgresClusterRequest request, ServerCallContext context)
    {
        var command = new SwitchoverPostgresCluster { Project = request.Project, Id = request.Id, To = request.To, RequestId = request.RequestId, Reason = request.Reason };
        if (request.ValidateOnly)
            return new SwitchoverPostgresClusterResponse { Plan = PlanMapper.ToProto(await switchover.PlanAsync(command, context.Caller(), context.CancellationToken)) };
        return new SwitchoverPostgresClusterResponse { Operation = OperationMapper.ToProto(await switchover.HandleAsync(command, context.Caller(), context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override async Task<ScalePostgresClusterResponse> ScalePostgresCluster(ScalePostgresClusterRequest request, ServerCallContext context)
    {
        var command = new ScalePostgresCluster
        {
            Action = ContractEnums.Known("action", request.Action) switch
            {
                ScaleAction.Unspecified => null,
                ScaleAction.Add => Application.Clusters.ScalePostgresCluster.Direction.Add,
                ScaleAction.Remove => Application.Clusters.ScalePostgresCluster.Direction.Remove,
            },
            Project = request.Project,
            Id = request.Id,
            NodeCount = request.NodeCount,
            Nodes = [.. request.Nodes],
            RequestId = request.RequestId,
            Reason = request.Reason,
        };
        if (request.ValidateOnly)
            return new ScalePostgresClusterResponse { Plan = PlanMapper.ToProto(await scale.PlanAsync(command, context.Caller(), context.CancellationToken)) };
        return new ScalePostgresClusterResponse { Operation = OperationMapper.ToProto(await scale.HandleAsync(command, context.Caller(), context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override async Task<GetPostgresClusterCredentialsResponse> GetPostgresClusterCredentials(GetPostgresClusterCredentialsRequest request, ServerCallContext context) =>
        ClusterMapper.ToProto(await credentials.HandleAsync(request.Project, request.Id, request.Role, context.Caller(), context.CancellationToken));
}
