using Agents.Controller.Api.Mapping;
using Agents.Controller.Application;
using Agents.Controller.Application.Hosts;
using Agents.Controller.Application.JoinTokens;
using Agents.V1;

namespace Agents.Controller.Api.Facades;

/// <summary>Hosts and join tokens in the words of the contract: what gRPC and REST both serve.</summary>
internal sealed class FleetFacade(
    ListHostsHandler listHosts,
    GetHostHandler getHost,
    UpdateHostHandler updateHost,
    RemoveOrphansHandler removeOrphans,
    RevokeHostHandler revokeHost,
    RemoveHostHandler removeHost,
    CreateJoinTokenHandler createToken,
    ListJoinTokensHandler listTokens,
    DeleteJoinTokenHandler deleteToken)
{
    /// <summary>Reads the hosts.</summary>
    public async Task<ListHostsResponse> ListHostsAsync(ListHostsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var page = await listHosts.HandleAsync(request.Project, new Paging(request.PageSize, request.PageToken), caller, cancellationToken);
        return new ListHostsResponse { Hosts = { page.Items.Select(HostMapper.ToProto) }, NextPageToken = page.NextToken };
    }

    /// <summary>Reads a host.</summary>
    public async Task<GetHostResponse> GetHostAsync(GetHostRequest request, Caller caller, CancellationToken cancellationToken) =>
        new() { Host = HostMapper.ToProto(await getHost.HandleAsync(request.Project, request.Id, caller, cancellationToken)) };

    /// <summary>Changes a host.</summary>
    public async Task<UpdateHostResponse> UpdateHostAsync(UpdateHostRequest request, Caller caller, CancellationToken cancellationToken)
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
        return new UpdateHostResponse { Host = HostMapper.ToProto(await updateHost.HandleAsync(command, caller, cancellationToken)) };
    }

    /// <summary>Has a host's orphans removed.</summary>
    public async Task<RemoveHostOrphansResponse> RemoveOrphansAsync(RemoveHostOrphansRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var command = new RemoveOrphans
        {
            Project = request.Project,
            Id = request.Id,
            DestroyData = [.. request.DestroyData.Distinct()],
            RequestId = request.RequestId,
            Reason = request.Reason,
        };
        return new RemoveHostOrphansResponse { Host = HostMapper.ToProto(await removeOrphans.HandleAsync(command, caller, cancellationToken)) };
    }

    /// <summary>Makes a host's certificate worthless.</summary>
    public async Task<RevokeHostResponse> RevokeHostAsync(RevokeHostRequest request, Caller caller, CancellationToken cancellationToken) =>
        new() { Host = HostMapper.ToProto(await revokeHost.HandleAsync(request.Project, request.Id, request.Reason, caller, cancellationToken)) };

    /// <summary>Removes a host.</summary>
    public async Task<RemoveHostResponse> RemoveHostAsync(RemoveHostRequest request, Caller caller, CancellationToken cancellationToken) =>
        new() { LeftBehind = { await removeHost.HandleAsync(new RemoveHost(request.Project, request.Id, request.Force, request.Reason), caller, cancellationToken) } };

    /// <summary>Makes a join token.</summary>
    public async Task<CreateJoinTokenResponse> CreateJoinTokenAsync(CreateJoinTokenRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var command = new CreateJoinToken
        {
            Project = request.Project,
            Labels = SpecMapper.ToDomain(request.Labels),
            MaxUses = request.MaxUses,
            Life = request.Ttl?.ToTimeSpan(),
            RequestId = request.RequestId,
        };
        var created = await createToken.HandleAsync(command, caller, cancellationToken);
        return new CreateJoinTokenResponse { Token = JoinTokenMapper.ToProto(created.Token), Text = created.Text };
    }

    /// <summary>Reads the join tokens.</summary>
    public async Task<ListJoinTokensResponse> ListJoinTokensAsync(ListJoinTokensRequest request, Caller caller, CancellationToken cancellationToken) =>
        new() { Tokens = { (await listTokens.HandleAsync(request.Project, caller, cancellationToken)).Select(JoinTokenMapper.ToProto) } };

    /// <summary>Makes a join token worthless.</summary>
    public async Task<DeleteJoinTokenResponse> DeleteJoinTokenAsync(DeleteJoinTokenRequest request, Caller caller, CancellationToken cancellationToken)
    {
        await deleteToken.HandleAsync(request.Id, caller, cancellationToken);
        return new DeleteJoinTokenResponse();
    }
}
