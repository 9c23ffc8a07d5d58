using Agents.Controller.Api.Grpc;
using Agents.Controller.Api.Mapping;
using Agents.Controller.Application.Restores;
using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Api.Facades;

/// <summary>The controller itself in the words of the contract: gRPC serves this as it is, and REST calls it.</summary>
internal sealed class ControllerFacade(GetControllerHandler get, ConfirmRestoreHandler confirmRestore) : ControllerService.ControllerServiceBase
{
    /// <inheritdoc/>
    public override async Task<GetControllerResponse> GetController(GetControllerRequest request, ServerCallContext context) =>
        new() { Controller = ControllerMapper.ToProto(await get.HandleAsync(context.CancellationToken)) };

    /// <inheritdoc/>
    public override async Task<ConfirmRestoreResponse> ConfirmRestore(ConfirmRestoreRequest request, ServerCallContext context) =>
        new() { Controller = ControllerMapper.ToProto(await confirmRestore.HandleAsync(request.Reason, context.Caller(), context.CancellationToken)) };
}
