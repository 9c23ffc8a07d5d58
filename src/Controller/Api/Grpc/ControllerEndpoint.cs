using Agents.Controller.Api.Facades;
using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Api.Grpc;

/// <summary>The controller itself over gRPC.</summary>
internal sealed class ControllerEndpoint(ControllerFacade controller) : ControllerService.ControllerServiceBase
{
    /// <inheritdoc/>
    public override Task<GetControllerResponse> GetController(GetControllerRequest request, ServerCallContext context) => controller.GetAsync(context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ConfirmRestoreResponse> ConfirmRestore(ConfirmRestoreRequest request, ServerCallContext context) =>
        controller.ConfirmRestoreAsync(request, context.Caller(), context.CancellationToken);
}
