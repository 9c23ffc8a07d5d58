using Agents.Controller.Api.Facades;
using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Api.Grpc;

/// <summary>Clusters over gRPC.</summary>
internal sealed class PostgresClusterEndpoint(ClusterFacade clusters) : PostgresClusterService.PostgresClusterServiceBase
{
    /// <inheritdoc/>
    public override Task<CreatePostgresClusterResponse> CreatePostgresCluster(CreatePostgresClusterRequest request, ServerCallContext context) =>
        clusters.CreateAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<GetPostgresClusterResponse> GetPostgresCluster(GetPostgresClusterRequest request, ServerCallContext context) =>
        clusters.GetAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListPostgresClustersResponse> ListPostgresClusters(ListPostgresClustersRequest request, ServerCallContext context) =>
        clusters.ListAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<UpdatePostgresClusterResponse> UpdatePostgresCluster(UpdatePostgresClusterRequest request, ServerCallContext context) =>
        clusters.UpdateAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<DeletePostgresClusterResponse> DeletePostgresCluster(DeletePostgresClusterRequest request, ServerCallContext context) =>
        clusters.DeleteAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<UndeletePostgresClusterResponse> UndeletePostgresCluster(UndeletePostgresClusterRequest request, ServerCallContext context) =>
        clusters.UndeleteAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<GetPostgresClusterCredentialsResponse> GetPostgresClusterCredentials(GetPostgresClusterCredentialsRequest request, ServerCallContext context) =>
        clusters.GetCredentialsAsync(request, context.Caller(), context.CancellationToken);
}
