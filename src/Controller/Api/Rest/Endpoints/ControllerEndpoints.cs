using Agents.Controller.Api.Facades;
using Agents.Controller.Stores;
using Agents.V1;

namespace Agents.Controller.Api.Rest.Endpoints;

/// <summary>The controller itself over REST.</summary>
internal sealed class ControllerEndpoints(ControllerFacade controller)
{
    private const string Path = "/api/v1/controller";

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRest("GET", Path, _get, GetAsync);
        routes.MapRest("POST", Path + "/confirm-restore", _confirmRestore, ConfirmRestoreAsync);
    }

    private static readonly RestContract _get = new()
    {
        OperationId = "getController",
        Summary = "The controller itself: its store, its epoch, and whether it may act",
        Role = UserRole.Viewer,
        Answer = V1.Controller.Descriptor,
    };

    private static readonly RestContract _confirmRestore = new()
    {
        OperationId = "confirmRestore",
        Summary = "Says that the store was restored on purpose from an older state, so that the controller acts by it again",
        Role = UserRole.Admin,
        Body = ConfirmRestoreRequest.Descriptor,
        BodyFields = new HashSet<string> { "reason" },
        Answer = V1.Controller.Descriptor,
    };

    private async Task GetAsync(RestCall call) => await call.AnswerAsync((await controller.GetController(new GetControllerRequest(), call)).Controller);

    private async Task ConfirmRestoreAsync(RestCall call) =>
        await call.AnswerAsync((await controller.ConfirmRestore(await call.BodyAsync<ConfirmRestoreRequest>(), call)).Controller);
}
