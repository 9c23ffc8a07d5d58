using Agents.Controller.Api.Facades;
using Agents.Controller.Application;
using Agents.Controller.Stores;
using Agents.V1;

namespace Agents.Controller.Api.Rest.Endpoints;

/// <summary>Clusters over REST, under the plural path and under the singular one that serves the same. Verbs stand in the service's proto file.</summary>
internal sealed class ClusterEndpoints(ClusterFacade clusters, OperationAnswers operations)
{
    /// <summary>The collection.</summary>
    public const string Path = "/api/v1/postgres/clusters";

    /// <summary>The same by its other name.</summary>
    public const string SingularPath = "/api/v1/postgres/cluster";

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "GET", "", _list, ListAsync);
        Map(routes, "POST", "", _create, CreateAsync);
        Map(routes, "GET", "/{id}", _get, GetAsync);
        Map(routes, "PUT", "/{id}", _put, PutAsync);
        Map(routes, "PATCH", "/{id}", _patch, PatchAsync);
        Map(routes, "DELETE", "/{id}", _delete, DeleteAsync);
        PostgresClusterService.BindService(new RestVerbs(PostgresClusterService.Descriptor, operations, (rest, contract, handle) => Map(routes, "POST", rest, contract, handle)), clusters);
        Map(routes, "GET", "/{id}/failover/history", _failovers, FailoversAsync);
        Map(routes, "GET", "/{id}/credentials", _credentials, CredentialsAsync);
    }

    private static void Map(IEndpointRouteBuilder routes, string method, string rest, RestContract contract, Func<RestCall, Task> handle)
    {
        routes.MapRest(method, Path + rest, contract, handle);
        routes.MapRest(method, SingularPath + rest, contract with { OperationId = contract.OperationId + "BySingularPath" }, handle);
    }

    private static readonly RestContract _list = new()
    {
        OperationId = "listPostgresClusters",
        Summary = "The clusters, by name; with deleted=true those that were deleted and can come back",
        Role = UserRole.Viewer,
        Query = ["project", "deleted", "page_size", "page_token"],
        Answer = ListPostgresClustersResponse.Descriptor,
    };

    private static readonly RestContract _create = new()
    {
        OperationId = "createPostgresCluster",
        Summary = "Creates a cluster; with validate_only=true only its plan is made (200)",
        Role = UserRole.Operator,
        Body = CreatePostgresClusterRequest.Descriptor,
        BodyFields = new HashSet<string> { "project", "name", "labels", "spec", "reason" },
        Query = ["validate_only"],
        Status = StatusCodes.Status202Accepted,
        Answer = CreatePostgresClusterResponse.Descriptor,
        IsIdempotent = true,
    };

    private static readonly RestContract _get = new()
    {
        OperationId = "getPostgresCluster",
        Summary = "One cluster by id or name, with what is observed of it now",
        Role = UserRole.Viewer,
        Query = ["project"],
        Answer = PostgresCluster.Descriptor,
    };

    private static readonly RestContract _put = new()
    {
        OperationId = "replacePostgresCluster",
        Summary = "Replaces labels and spec as a whole; of the spec only deletion_protection and failover may differ",
        Role = UserRole.Operator,
        Body = PostgresCluster.Descriptor,
        BodyFields = new HashSet<string> { "labels", "spec" },
        Query = ["project"],
        Answer = PostgresCluster.Descriptor,
        IsIdempotent = true,
        NeedsEtag = true,
    };

    private static readonly RestContract _patch = new()
    {
        OperationId = "updatePostgresCluster",
        Summary = "Changes labels (null or empty text removes one), spec.deletion_protection or spec.failover",
        Role = UserRole.Operator,
        Body = PostgresCluster.Descriptor,
        BodyFields = new HashSet<string> { "labels", "spec" },
        Query = ["project"],
        Answer = PostgresCluster.Descriptor,
        IsIdempotent = true,
        IsConditional = true,
    };

    private static readonly RestContract _delete = new()
    {
        OperationId = "deletePostgresCluster",
        Summary = "Deletes a cluster; with purge=true its data at once, also that of one that is deleted already",
        Role = UserRole.Operator,
        Query = ["project", "purge", "reason"],
        Status = StatusCodes.Status202Accepted,
        Answer = DeletePostgresClusterResponse.Descriptor,
        IsIdempotent = true,
        IsConditional = true,
    };

    private static readonly RestContract _failovers = new()
    {
        OperationId = "listPostgresClusterFailovers",
        Summary = "Who has led the cluster and why another did, with the operations that brought it about",
        Role = UserRole.Viewer,
        Query = ["project"],
        Answer = ListPostgresClusterFailoversResponse.Descriptor,
    };

    private static readonly RestContract _credentials = new()
    {
        OperationId = "getPostgresClusterCredentials",
        Summary = "The password of a role, the application's unless said otherwise, and how to connect with it",
        Role = UserRole.Operator,
        Query = ["project", "role"],
        Answer = GetPostgresClusterCredentialsResponse.Descriptor,
    };

    private async Task ListAsync(RestCall call)
    {
        var request = new ListPostgresClustersRequest { Project = call.Text("project"), PageSize = call.Number("page_size"), PageToken = call.Text("page_token"), Deleted = call.Flag("deleted") };
        await call.AnswerAsync(await clusters.ListPostgresClusters(request, call));
    }

    private async Task CreateAsync(RestCall call)
    {
        var request = await call.BodyAsync<CreatePostgresClusterRequest>();
        request.ValidateOnly = call.Flag("validate_only");
        request.RequestId = call.RequestId;
        var created = await clusters.CreatePostgresCluster(request, call);
        if (created.Operation is null)
        {
            await call.AnswerAsync(created, StatusCodes.Status200OK);
            return;
        }

        created.Operation = await operations.AcceptAsync(call, created.Operation);
        if (created.Operation.EndedAt is not null && call.Wait > TimeSpan.Zero)
            created.Cluster = await RefreshAsync(created.Cluster, call);
        await call.AnswerAsync(created, OperationAnswers.StatusOf(created.Operation));
    }

    // After the wait the cluster looks otherwise; a create that was undone leaves none, and then it stays as it was asked for.
    private async Task<PostgresCluster> RefreshAsync(PostgresCluster cluster, RestCall call)
    {
        try
        {
            return (await clusters.GetPostgresCluster(new GetPostgresClusterRequest { Id = cluster.Id }, call)).Cluster;
        }
        catch (RefusedException exception) when (exception.Refusal.Reason == Protocol.ErrorReasons.NotFound)
        {
            return cluster;
        }
    }

    private async Task GetAsync(RestCall call)
    {
        var request = new GetPostgresClusterRequest { Id = call.Id, Project = call.Text("project") };
        await AnswerAsync(call, (await clusters.GetPostgresCluster(request, call)).Cluster);
    }

    private async Task PutAsync(RestCall call)
    {
        var body = await call.BodyAsync<PostgresCluster>();
        await UpdateAsync(call, new UpdatePostgresClusterRequest { Etag = call.RequiredIfMatch, Labels = { body.Labels }, Spec = body.Spec, Replace = true });
    }

    private async Task PatchAsync(RestCall call)
    {
        var body = await call.BodyAsync<PostgresCluster>();
        await UpdateAsync(call, new UpdatePostgresClusterRequest { Etag = call.IfMatch, Labels = { body.Labels }, Spec = body.Spec });
    }

    private async Task UpdateAsync(RestCall call, UpdatePostgresClusterRequest request)
    {
        (request.Id, request.Project, request.RequestId) = (call.Id, call.Text("project"), call.RequestId);
        await AnswerAsync(call, (await clusters.UpdatePostgresCluster(request, call)).Cluster);
    }

    private async Task DeleteAsync(RestCall call)
    {
        var request = new DeletePostgresClusterRequest
        {
            Id = call.Id,
            Project = call.Text("project"),
            Etag = call.IfMatch,
            Purge = call.Flag("purge"),
            RequestId = call.RequestId,
            Reason = call.Text("reason"),
        };
        var deleted = await clusters.DeletePostgresCluster(request, call);
        deleted.Operation = await operations.AcceptAsync(call, deleted.Operation);
        await call.AnswerAsync(deleted, OperationAnswers.StatusOf(deleted.Operation));
    }

    private async Task FailoversAsync(RestCall call) =>
        await call.AnswerAsync(await clusters.ListPostgresClusterFailovers(new ListPostgresClusterFailoversRequest { Id = call.Id, Project = call.Text("project") }, call));

    private async Task CredentialsAsync(RestCall call)
    {
        var request = new GetPostgresClusterCredentialsRequest { Id = call.Id, Project = call.Text("project"), Role = call.Text("role") };
        await call.AnswerAsync(await clusters.GetPostgresClusterCredentials(request, call));
    }

    private static Task AnswerAsync(RestCall call, PostgresCluster cluster)
    {
        call.Context.Response.Headers.ETag = $"\"{cluster.Etag}\"";
        return call.AnswerAsync(cluster);
    }
}
