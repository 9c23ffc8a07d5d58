using Agents.Domain.Engines;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.V1;
using Google.Protobuf;
using Grpc.Core;
using static Agents.Controller.Observation.ReportBounds;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>An agent's services for Patroni clusters, over its link.</summary>
internal sealed class GrpcPatroniAgent(CallInvoker invoker, IControllerIdentity identity) : IPatroniAgent
{
    private static readonly TimeSpan _change = TimeSpan.FromSeconds(15);

    /// <summary>For a switchover. What Patroni refuses it refuses at once; it answers one that it makes only a second or two after the new primary leads.</summary>
    private static readonly TimeSpan _switchover = TimeSpan.FromSeconds(1);

    /// <summary>For a restart: what takes longer is seen to be done by the next try.</summary>
    private static readonly TimeSpan _restart = TimeSpan.FromMinutes(1);

    private readonly EtcdService.EtcdServiceClient _etcd = new(invoker);
    private readonly PatroniService.PatroniServiceClient _patroni = new(invoker);

    /// <inheritdoc/>
    public async Task<bool> IsEtcdHealthyAsync(InstanceId instance, CancellationToken cancellationToken) =>
        (await AgentCalls.UnaryAsync(
            options => _etcd.GetEtcdStatusAsync(new GetEtcdStatusRequest { InstanceId = instance.ToString() }, options), AgentCalls.Short, cancellationToken)).Healthy;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EtcdMember>> ListEtcdMembersAsync(InstanceId instance, CancellationToken cancellationToken)
    {
        var response = await AgentCalls.UnaryAsync(
            options => _etcd.ListMembersAsync(new ListMembersRequest { InstanceId = instance.ToString() }, options), AgentCalls.Short, cancellationToken);
        return [.. response.Members.Select(member => new EtcdMember(member.Id, member.Name, [.. member.PeerUrls]))];
    }

    /// <inheritdoc/>
    public Task AddEtcdMemberAsync(InstanceTarget target, string peerUrl, CancellationToken cancellationToken) => AgentCalls.UnaryAsync(
        options => _etcd.AddMemberAsync(new AddMemberRequest { Context = AgentCalls.ContextOf(identity, target), PeerUrl = peerUrl }, options), _change, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> PromoteEtcdMemberAsync(InstanceTarget target, string memberId, CancellationToken cancellationToken) => (await AgentCalls.UnaryAsync(
        options => _etcd.PromoteMemberAsync(new PromoteMemberRequest { Context = AgentCalls.ContextOf(identity, target), MemberId = memberId }, options), _change, cancellationToken)).Votes;

    /// <inheritdoc/>
    public Task RemoveEtcdMemberAsync(InstanceTarget target, string memberId, CancellationToken cancellationToken) => AgentCalls.UnaryAsync(
        options => _etcd.RemoveMemberAsync(new RemoveMemberRequest { Context = AgentCalls.ContextOf(identity, target), MemberId = memberId }, options), _change, cancellationToken);

    /// <inheritdoc/>
    public async Task<EtcdKey?> FindEtcdKeyAsync(InstanceId instance, string key, int lengthMax, CancellationToken cancellationToken)
    {
        var response = await AgentCalls.UnaryAsync(options => _etcd.GetKeysAsync(new GetKeysRequest { InstanceId = instance.ToString(), Key = key }, options), AgentCalls.Short, cancellationToken);
        if (response.Keys.FirstOrDefault(found => found.Key == key) is not { } found)
            return null;
        return found.Value.Length <= lengthMax ? new EtcdKey(found.Value.ToStringUtf8(), found.ModRevision, found.LeaseId)
            : throw new AgentRefusedException(ErrorReasons.EtcdRefused, $"the key {key} has {found.Value.Length} bytes, more than {lengthMax}");
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteEtcdKeyAsync(InstanceTarget target, string key, EtcdKey expected, CancellationToken cancellationToken) => (await AgentCalls.UnaryAsync(
        options => _etcd.CompareAndDeleteAsync(
            new CompareAndDeleteRequest { Context = AgentCalls.ContextOf(identity, target), Key = key, Value = ByteString.CopyFromUtf8(expected.Value), ModRevision = expected.Revision }, options),
        _change,
        cancellationToken)).Deleted;

    /// <inheritdoc/>
    public async Task<PatroniReport> GetPatroniClusterAsync(InstanceId instance, CancellationToken cancellationToken) => ReportOf(await AgentCalls.UnaryAsync(
        options => _patroni.GetClusterAsync(new GetClusterRequest { InstanceId = instance.ToString() }, options), AgentCalls.Short, cancellationToken));

    /// <inheritdoc/>
    public Task WakePatroniAsync(InstanceTarget target, CancellationToken cancellationToken) => AgentCalls.UnaryAsync(
        options => _patroni.WakeAsync(new WakeRequest { Context = AgentCalls.ContextOf(identity, target) }, options), AgentCalls.Short, cancellationToken);

    /// <inheritdoc/>
    public Task SwitchoverAsync(InstanceTarget target, string leader, string candidate, CancellationToken cancellationToken) => AgentCalls.UnaryAsync(
        options => _patroni.SwitchoverAsync(new SwitchoverRequest { Context = AgentCalls.ContextOf(identity, target), Leader = leader, Candidate = candidate }, options), _switchover, cancellationToken);

    /// <inheritdoc/>
    public Task RestartPostgresAsync(InstanceTarget target, CancellationToken cancellationToken) => AgentCalls.UnaryAsync(
        options => _patroni.RestartPostgresAsync(new RestartPostgresRequest { Context = AgentCalls.ContextOf(identity, target) }, options), _restart, cancellationToken);

    /// <summary>What a node says, within bounds.</summary>
    public static PatroniReport ReportOf(GetClusterResponse response) => new(
        [
            .. response.Members.Take(MembersMax).Select(member =>
                new PatroniReport.Member(Cut(member.Name), Cut(member.Role), Cut(member.State), member.Timeline, member.HasLagBytes ? Cut(member.LagBytes) : null, member.Host.Length > 0 ? Addresses.HostPort(Cut(member.Host), member.Port) : "")),
        ],
        response.Paused,
        response.SelfIsLeader,
        AgentCalls.SenderOf(response.Replication, response.LostSlots));
}
