using Agents.Controller.Api.Facades;
using Agents.Controller.Stores;
using Agents.V1;

namespace Agents.Controller.Api.Rest.Endpoints;

/// <summary>Join tokens over REST.</summary>
internal sealed class JoinTokenEndpoints(FleetFacade fleet)
{
    private const string Path = "/api/v1/join-tokens";

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRest("GET", Path, _list, ListAsync);
        routes.MapRest("POST", Path, _create, CreateAsync);
        routes.MapRest("DELETE", Path + "/{id}", _delete, DeleteAsync);
    }

    private static readonly RestContract _list = new()
    {
        OperationId = "listJoinTokens",
        Summary = "The join tokens, newest first, without their texts",
        Role = UserRole.Admin,
        Query = ["project"],
        Answer = ListJoinTokensResponse.Descriptor,
    };

    private static readonly RestContract _create = new()
    {
        OperationId = "createJoinToken",
        Summary = "Makes a join token; its text is in this answer alone",
        Role = UserRole.Admin,
        Body = CreateJoinTokenRequest.Descriptor,
        BodyFields = new HashSet<string> { "project", "labels", "max_uses", "ttl_seconds" },
        Status = StatusCodes.Status201Created,
        Answer = CreateJoinTokenResponse.Descriptor,
        IsIdempotent = true,
    };

    private static readonly RestContract _delete = new()
    {
        OperationId = "deleteJoinToken",
        Summary = "Makes a join token worthless",
        Role = UserRole.Admin,
        Status = StatusCodes.Status204NoContent,
    };

    private async Task ListAsync(RestCall call) =>
        await call.AnswerAsync(await fleet.ListJoinTokens(new ListJoinTokensRequest { Project = call.Text("project") }, call));

    private async Task CreateAsync(RestCall call)
    {
        var request = await call.BodyAsync<CreateJoinTokenRequest>();
        request.RequestId = call.RequestId;
        await call.AnswerAsync(await fleet.CreateJoinToken(request, call));
    }

    private async Task DeleteAsync(RestCall call)
    {
        await fleet.DeleteJoinToken(new DeleteJoinTokenRequest { Id = call.Id }, call);
        call.Context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
