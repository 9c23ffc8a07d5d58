using Agents.Controller.Api.Mapping;
using Agents.Controller.Application;
using Agents.Controller.Application.Restores;
using Agents.V1;

namespace Agents.Controller.Api.Facades;

/// <summary>The controller itself in the words of the contract: what gRPC and REST both serve.</summary>
internal sealed class ControllerFacade(GetControllerHandler get, ConfirmRestoreHandler confirmRestore)
{
    /// <summary>Reads the controller.</summary>
    public async Task<GetControllerResponse> GetAsync(CancellationToken cancellationToken) =>
        new() { Controller = ControllerMapper.ToProto(await get.HandleAsync(cancellationToken)) };

    /// <summary>Confirms a restore.</summary>
    public async Task<ConfirmRestoreResponse> ConfirmRestoreAsync(ConfirmRestoreRequest request, Caller caller, CancellationToken cancellationToken) =>
        new() { Controller = ControllerMapper.ToProto(await confirmRestore.HandleAsync(request.Reason, caller, cancellationToken)) };
}
