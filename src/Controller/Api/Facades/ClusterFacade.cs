using Agents.Controller.Api.Mapping;
using Agents.Controller.Application;
using Agents.Controller.Application.Clusters;
using Agents.V1;

namespace Agents.Controller.Api.Facades;

/// <summary>Clusters in the words of the contract: what gRPC and REST both serve.</summary>
internal sealed class ClusterFacade(
    CreatePostgresClusterHandler create,
    GetPostgresClusterHandler get,
    ListPostgresClustersHandler list,
    UpdatePostgresClusterHandler update,
    DeletePostgresClusterHandler delete,
    UndeletePostgresClusterHandler undelete,
    GetPostgresClusterCredentialsHandler credentials)
{
    /// <summary>Creates a cluster, or plans it.</summary>
    public async Task<CreatePostgresClusterResponse> CreateAsync(CreatePostgresClusterRequest request, Caller caller, CancellationToken cancellationToken)
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
        var created = await create.HandleAsync(command, caller, cancellationToken);
        return new CreatePostgresClusterResponse
        {
            Operation = created.Operation is { } operation ? OperationMapper.ToProto(operation) : null,
            Cluster = created.Cluster is { } cluster ? ClusterMapper.ToProto(cluster) : null,
            Plan = created.Plan is { } plan ? PlanMapper.ToProto(plan) : null,
        };
    }

    /// <summary>Reads a cluster.</summary>
    public async Task<GetPostgresClusterResponse> GetAsync(GetPostgresClusterRequest request, Caller caller, CancellationToken cancellationToken) =>
        new() { Cluster = ClusterMapper.ToProto(await get.HandleAsync(request.Project, request.Id, caller, cancellationToken)) };

    /// <summary>Reads the clusters.</summary>
    public async Task<ListPostgresClustersResponse> ListAsync(ListPostgresClustersRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var page = await list.HandleAsync(request.Project, request.Deleted, new Paging(request.PageSize, request.PageToken), caller, cancellationToken);
        return new ListPostgresClustersResponse { Clusters = { page.Items.Select(ClusterMapper.ToProto) }, NextPageToken = page.NextToken };
    }

    /// <summary>Changes a cluster.</summary>
    public async Task<UpdatePostgresClusterResponse> UpdateAsync(UpdatePostgresClusterRequest request, Caller caller, CancellationToken cancellationToken)
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
        return new UpdatePostgresClusterResponse { Cluster = ClusterMapper.ToProto(await update.HandleAsync(command, caller, cancellationToken)) };
    }

    /// <summary>Deletes a cluster.</summary>
    public async Task<DeletePostgresClusterResponse> DeleteAsync(DeletePostgresClusterRequest request, Caller caller, CancellationToken cancellationToken)
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
        return new DeletePostgresClusterResponse { Operation = OperationMapper.ToProto(await delete.HandleAsync(command, caller, cancellationToken)) };
    }

    /// <summary>Brings a deleted cluster back.</summary>
    public async Task<UndeletePostgresClusterResponse> UndeleteAsync(UndeletePostgresClusterRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var command = new UndeletePostgresCluster
        {
            Project = request.Project,
            Id = request.Id,
            Name = request.Name,
            RequestId = request.RequestId,
            Reason = request.Reason,
        };
        return new UndeletePostgresClusterResponse { Operation = OperationMapper.ToProto(await undelete.HandleAsync(command, caller, cancellationToken)) };
    }

    /// <summary>Reads credentials.</summary>
    public async Task<GetPostgresClusterCredentialsResponse> GetCredentialsAsync(
        GetPostgresClusterCredentialsRequest request, Caller caller, CancellationToken cancellationToken) =>
        ClusterMapper.ToProto(await credentials.HandleAsync(request.Project, request.Id, request.Role, caller, cancellationToken));
}
