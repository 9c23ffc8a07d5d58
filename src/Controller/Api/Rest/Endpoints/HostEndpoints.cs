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
        routes.MapRest("POST", Path + "/{id}/revoke", _revoke, RevokeAsync);
        routes.MapRest("DELETE", Path + "/{id}", _remove, RemoveAsync);
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

    private static readonly RestContract _revoke = new()
    {
        OperationId = "revokeHost",
        Summary = "Makes the host's certificate worthless and cuts its connections at once; the answer's warnings name the clusters whose secrets it held",
        Role = UserRole.Admin,
        Body = RevokeHostRequest.Descriptor,
        BodyFields = new HashSet<string> { "reason" },
        Query = ["project"],
        Answer = V1.Host.Descriptor,
    };

    private static readonly RestContract _remove = new()
    {
        OperationId = "removeHost",
        Summary = "Removes a host that is gone for good: not while it is linked, and with the instances that it carries only when force names it once more",
        Role = UserRole.Admin,
        Query = ["project", "force", "reason"],
        Answer = RemoveHostResponse.Descriptor,
    };

    private async Task ListAsync(RestCall call)
    {
        var request = new ListHostsRequest { Project = call.Text("project"), PageSize = call.Number("page_size"), PageToken = call.Text("page_token") };
        await call.AnswerAsync(await fleet.ListHosts(request, call));
    }

    private async Task GetAsync(RestCall call)
    {
        var request = new GetHostRequest { Id = call.Id, Project = call.Text("project") };
        await AnswerAsync(call, (await fleet.GetHost(request, call)).Host);
    }

    private async Task PatchAsync(RestCall call)
    {
        var request = await call.BodyAsync<UpdateHostRequest>();
        request.Id = call.Id;
        request.Project = call.Text("project");
        request.Etag = call.IfMatch;
        request.RequestId = call.RequestId;
        await AnswerAsync(call, (await fleet.UpdateHost(request, call)).Host);
    }

    private async Task RemoveOrphansAsync(RestCall call)
    {
        var request = await call.BodyAsync<RemoveHostOrphansRequest>();
        request.Id = call.Id;
        request.Project = call.Text("project");
        request.RequestId = call.RequestId;
        await AnswerAsync(call, (await fleet.RemoveHostOrphans(request, call)).Host);
    }

    private async Task RevokeAsync(RestCall call)
    {
        var request = await call.BodyAsync<RevokeHostRequest>();
        request.Id = call.Id;
        request.Project = call.Text("project");
        await AnswerAsync(call, (await fleet.RevokeHost(request, call)).Host);
    }

    private async Task RemoveAsync(RestCall call) => await call.AnswerAsync(await fleet.RemoveHost(
        new RemoveHostRequest { Id = call.Id, Project = call.Text("project"), Force = call.Text("force"), Reason = call.Text("reason") }, call));

    private static Task AnswerAsync(RestCall call, V1.Host host)
    {
        call.Context.Response.Headers.ETag = $"\"{host.Etag}\"";
        return call.AnswerAsync(host);
    }
}
