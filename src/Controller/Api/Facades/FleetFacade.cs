using Agents.Controller.Api.Grpc;
using Agents.Controller.Api.Mapping;
using Agents.Controller.Application;
using Agents.Controller.Application.Hosts;
using Agents.Controller.Application.JoinTokens;
using Agents.V1;
using Grpc.Core;

namespace Agents.Controller.Api.Facades;

/// <summary>Hosts and join tokens in the words of the contract: gRPC serves this as it is, and REST calls it.</summary>
internal sealed class FleetFacade(
    ListHostsHandler listHosts,
    GetHostHandler getHost,
    UpdateHostHandler updateHost,
    RemoveOrphansHandler removeOrphans,
    RevokeHostHandler revokeHost,
    RemoveHostHandler removeHost,
    CreateJoinTokenHandler createToken,
    ListJoinTokensHandler listTokens,
    DeleteJoinTokenHandler deleteToken) : FleetService.FleetServiceBase
{
    /// <inheritdoc/>
    public override async Task<ListHostsResponse> ListHosts(ListHostsRequest request, ServerCallContext context)
    {
        var page = await listHosts.HandleAsync(request.Project, new Paging(request.PageSize, request.PageToken), context.Caller(), context.CancellationToken);
        return new ListHostsResponse { Hosts = { page.Items.Select(HostMapper.ToProto) }, NextPageToken = page.NextToken };
    }

    /// <inheritdoc/>
    public override async Task<GetHostResponse> GetHost(GetHostRequest request, ServerCallContext context) =>
        new() { Host = HostMapper.ToProto(await getHost.HandleAsync(request.Project, request.Id, context.Caller(), context.CancellationToken)) };

    /// <inheritdoc/>
    public override async Task<UpdateHostResponse> UpdateHost(UpdateHostRequest request, ServerCallContext context)
    {
        var command = new UpdateHost
        {
            Project = request.Project,
            Id = request.Id,
            Etag = request.Etag,
            Labels = request.Labels,
            Cordoned = request.HasCordoned ? request.Cordoned : null,
            RequestId = request.RequestId,
        };
        return new UpdateHostResponse { Host = HostMapper.ToProto(await updateHost.HandleAsync(command, context.Caller(), context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override async Task<RemoveHostOrphansResponse> RemoveHostOrphans(RemoveHostOrphansRequest request, ServerCallContext context)
    {
        var command = new RemoveOrphans
        {
            Project = request.Project,
            Id = request.Id,
            DestroyData = [.. request.DestroyData.Distinct()],
            RequestId = request.RequestId,
            Reason = request.Reason,
        };
        return new RemoveHostOrphansResponse { Host = HostMapper.ToProto(await removeOrphans.HandleAsync(command, context.Caller(), context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override async Task<RevokeHostResponse> RevokeHost(RevokeHostRequest request, ServerCallContext context) =>
        new() { Host = HostMapper.ToProto(await revokeHost.HandleAsync(request.Project, request.Id, request.Reason, context.Caller(), context.CancellationToken)) };

    /// <inheritdoc/>
    public override async Task<RemoveHostResponse> RemoveHost(RemoveHostRequest request, ServerCallContext context) =>
        new() { LeftBehind = { await removeHost.HandleAsync(new RemoveHost(request.Project, request.Id, request.Force, request.Reason), context.Caller(), context.CancellationToken) } };

    /// <inheritdoc/>
    public override async Task<CreateJoinTokenResponse> CreateJoinToken(CreateJoinTokenRequest request, ServerCallContext context)
    {
        var command = new CreateJoinToken
        {
            Project = request.Project,
            Labels = SpecMapper.ToDomain(request.Labels),
            MaxUses = request.MaxUses,
            Life = request.Ttl?.ToTimeSpan(),
            RequestId = request.RequestId,
        };
        var created = await createToken.HandleAsync(command, context.Caller(), context.CancellationToken);
        return new CreateJoinTokenResponse { Token = JoinTokenMapper.ToProto(created.Token), Text = created.Text };
    }

    /// <inheritdoc/>
    public override async Task<ListJoinTokensResponse> ListJoinTokens(ListJoinTokensRequest request, ServerCallContext context) =>
        new() { Tokens = { (await listTokens.HandleAsync(request.Project, context.Caller(), context.CancellationToken)).Select(JoinTokenMapper.ToProto) } };

    /// <inheritdoc/>
    public override async Task<DeleteJoinTokenResponse> DeleteJoinToken(DeleteJoinTokenRequest request, ServerCallContext context)
    {
        await deleteToken.HandleAsync(request.Id, context.Caller(), context.CancellationToken);
        return new DeleteJoinTokenResponse();
    }
}
