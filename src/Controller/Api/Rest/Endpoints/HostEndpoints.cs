using Agents.Controller.Api.Facades;
using Agents.Controller.Stores;
using Agents.V1;

namespace Agents.Controller.Api.Rest.Endpoints;

/// <summary>Hosts over REST.</summary>
internal sealed class HostEndpoints(FleetFacade fleet)
{
    private const string Path = "/api/v1/hosts";

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRest("GET", Path, _list, ListAsync);
        routes.MapRest("GET", Path + "/{id}", _get, GetAsync);
        routes.MapRest("PATCH", Path + "/{id}", _patch, PatchAsync);
        routes.MapRest("POST", Path + "/{id}/orphans/remove", _removeOrphans, RemoveOrphansAsync);
    }

    private static readonly RestContract _list = new()
    {
        OperationId = "listHosts",
        Summary = "The hosts, by name",
        Role = UserRole.Viewer,
        Query = ["project", "page_size", "page_token"],
        Answer = ListHostsResponse.Descriptor,
    };

    private static readonly RestContract _get = new()
    {
        OperationId = "getHost",
        Summary = "One host by id or name",
        Role = UserRole.Viewer,
        Query = ["project"],
        Answer = V1.Host.Descriptor,
    };

    private static readonly RestContract _patch = new()
    {
        OperationId = "updateHost",
        Summary = "Changes labels (null or empty text removes one), or whether new instances are placed on the host",
        Role = UserRole.Operator,
        Body = UpdateHostRequest.Descriptor,
        BodyFields = new HashSet<string> { "labels", "cordoned" },
        Query = ["project"],
        Answer = V1.Host.Descriptor,
        IsIdempotent = true,
        IsConditional = true,
    };

    private static readonly RestContract _removeOrphans = new()
    {
        OperationId = "removeHostOrphans",
        Summary = "Has removed what belongs to nothing that the controller knows; data only where destroy_data names its volume",
        Role = UserRole.Admin,
        Body = RemoveHostOrphansRequest.Descriptor,
        BodyFields = new HashSet<string> { "destroy_data", "reason" },
        Query = ["project"],
        Answer = V1.Host.Descriptor,
        IsIdempotent = true,
    };

    private async Task ListAsync(RestCall call)
    {
        var request = new ListHostsRequest { Project = call.Text("project"), PageSize = call.Number("page_size"), PageToken = call.Text("page_token") };
        await call.AnswerAsync(await fleet.ListHostsAsync(request, call.Caller, call.Aborted));
    }

    private async Task GetAsync(RestCall call)
    {
        var request = new GetHostRequest { Id = call.Id, Project = call.Text("project") };
        await AnswerAsync(call, (await fleet.GetHostAsync(request, call.Caller, call.Aborted)).Host);
    }

    private async Task PatchAsync(RestCall call)
    {
        var request = await call.BodyAsync<UpdateHostRequest>();
        request.Id = call.Id;
        request.Project = call.Text("project");
        request.Etag = call.IfMatch;
        request.RequestId = call.RequestId;
        await AnswerAsync(call, (await fleet.UpdateHostAsync(request, call.Caller, call.Aborted)).Host);
    }

    private async Task RemoveOrphansAsync(RestCall call)
    {
        var request = await call.BodyAsync<RemoveHostOrphansRequest>();
        request.Id = call.Id;
        request.Project = call.Text("project");
        request.RequestId = call.RequestId;
        await AnswerAsync(call, (await fleet.RemoveOrphansAsync(request, call.Caller, call.Aborted)).Host);
    }

    private static Task AnswerAsync(RestCall call, V1.Host host)
    {
        call.Context.Response.Headers.ETag = $"\"{host.Etag}\"";
        return call.AnswerAsync(host);
    }
}
