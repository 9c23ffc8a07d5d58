using Agents.Controller.Api.Facades;
using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Api.Grpc;

/// <summary>Hosts and join tokens over gRPC.</summary>
internal sealed class FleetEndpoint(FleetFacade fleet) : FleetService.FleetServiceBase
{
    /// <inheritdoc/>
    public override Task<ListHostsResponse> ListHosts(ListHostsRequest request, ServerCallContext context) =>
        fleet.ListHostsAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<GetHostResponse> GetHost(GetHostRequest request, ServerCallContext context) =>
        fleet.GetHostAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<UpdateHostResponse> UpdateHost(UpdateHostRequest request, ServerCallContext context) =>
        fleet.UpdateHostAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<RemoveHostOrphansResponse> RemoveHostOrphans(RemoveHostOrphansRequest request, ServerCallContext context) =>
        fleet.RemoveOrphansAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<RevokeHostResponse> RevokeHost(RevokeHostRequest request, ServerCallContext context) =>
        fleet.RevokeHostAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<RemoveHostResponse> RemoveHost(RemoveHostRequest request, ServerCallContext context) =>
        fleet.RemoveHostAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<CreateJoinTokenResponse> CreateJoinToken(CreateJoinTokenRequest request, ServerCallContext context) =>
        fleet.CreateJoinTokenAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListJoinTokensResponse> ListJoinTokens(ListJoinTokensRequest request, ServerCallContext context) =>
        fleet.ListJoinTokensAsync(request, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<DeleteJoinTokenResponse> DeleteJoinToken(DeleteJoinTokenRequest request, ServerCallContext context) =>
        fleet.DeleteJoinTokenAsync(request, context.Caller(), context.CancellationToken);
}
