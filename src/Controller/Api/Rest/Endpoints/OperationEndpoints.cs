using Agents.Controller.Api.Facades;
using Agents.Controller.Stores;
using Agents.V1;

namespace Agents.Controller.Api.Rest.Endpoints;

/// <summary>Operations over REST.</summary>
internal sealed class OperationEndpoints(OperationFacade operations, OperationEvents events)
{
    /// <summary>The collection.</summary>
    public const string Path = "/api/v1/operations";

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRest("GET", Path, _list, ListAsync);
        routes.MapRest("GET", Path + "/{id}", _get, GetAsync);
        routes.MapRest("POST", Path + "/{id}/cancel", _cancel, CancelAsync);
        routes.MapRest("GET", Path + "/{id}/events", _events, events.WriteAsync);
    }

    private static readonly RestContract _list = new()
    {
        OperationId = "listOperations",
        Summary = "The operations, newest first",
        Role = UserRole.Viewer,
        Query = ["project", "resource_id", "page_size", "page_token"],
        Answer = ListOperationsResponse.Descriptor,
    };

    private static readonly RestContract _get = new() { OperationId = "getOperation", Summary = "One operation", Role = UserRole.Viewer, Answer = Operation.Descriptor };

    private static readonly RestContract _cancel = new()
    {
        OperationId = "cancelOperation",
        Summary = "Asks for the end of an operation, which then undoes what it did",
        Role = UserRole.Operator,
        Answer = Operation.Descriptor,
    };

    private static readonly RestContract _events = new()
    {
        OperationId = "watchOperation",
        Summary = "The operation now and with every change until its end, as server-sent events",
        Role = UserRole.Viewer,
        Answer = Operation.Descriptor,
        IsStream = true,
    };

    private async Task ListAsync(RestCall call)
    {
        var request = new ListOperationsRequest
        {
            Project = call.Text("project"),
            ResourceId = call.Text("resource_id"),
            PageSize = call.Number("page_size"),
            PageToken = call.Text("page_token"),
        };
        await call.AnswerAsync(await operations.ListOperations(request, call));
    }

    private async Task GetAsync(RestCall call) =>
        await call.AnswerAsync((await operations.GetOperation(new GetOperationRequest { Id = call.Id }, call)).Operation);

    private async Task CancelAsync(RestCall call) =>
        await call.AnswerAsync((await operations.CancelOperation(new CancelOperationRequest { Id = call.Id }, call)).Operation);
}
