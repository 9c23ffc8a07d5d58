using System.Globalization;
using System.Text;
using Agents.Agent.Engines.Etcd;
using Agents.Agent.Engines.Etcd.Wire;
using Agents.V1;
using Agents.Words;
using Google.Protobuf;
using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>EtcdService of the contract. Reads are linearizable: what cannot be agreed on is an error, never an old value.</summary>
internal sealed class EtcdServiceEndpoint(EngineInstances instances, EtcdClient etcd, TimeProvider timeProvider) : EtcdService.EtcdServiceBase
{
    private static readonly TimeSpan _agreementTimeout = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public override async Task<GetEtcdStatusResponse> GetEtcdStatus(GetEtcdStatusRequest request, ServerCallContext context)
    {
        var member = await instances.RequireAsync(request.InstanceId, InstanceKinds.Etcd, context.CancellationToken);
        var status = await etcd.GetStatusAsync(member, context.CancellationToken);
        // Without a leader a read waits for one, and for the next half second after that.
        return Response(status, status.Leader != 0 && await etcd.CanAgreeAsync(member, Limit(context), context.CancellationToken));
    }

    /// <inheritdoc/>
    public override async Task<GetKeysResponse> GetKeys(GetKeysRequest request, ServerCallContext context)
    {
        Requests.Require(request.Key.Length > 0, "key", "must be given");
        var member = await instances.RequireAsync(request.InstanceId, InstanceKinds.Etcd, context.CancellationToken);
        var answer = await etcd.GetKeysAsync(member, request.Key, request.Prefix, Limit(context), context.CancellationToken);
        return new GetKeysResponse { Revision = answer.Header.Revision, Keys = { answer.Kvs.Select(Key) } };
    }

    /// <inheritdoc/>
    public override async Task<CompareAndDeleteResponse> CompareAndDelete(CompareAndDeleteRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        Requests.Require(request.Key.Length > 0, "key", "must be given");
        Requests.Require(request.ModRevision > 0, "mod_revision", "must be at least 1");
        var member = await instances.AdmitAsync(command, InstanceKinds.Etcd, context.CancellationToken);
        var deleted = await etcd.CompareAndDeleteAsync(member, request.Key, request.Value.ToByteArray(), request.ModRevision, Limit(context), context.CancellationToken);
        return new CompareAndDeleteResponse { Deleted = deleted };
    }

    /// <inheritdoc/>
    public override async Task<ListMembersResponse> ListMembers(ListMembersRequest request, ServerCallContext context)
    {
        var member = await instances.RequireAsync(request.InstanceId, InstanceKinds.Etcd, context.CancellationToken);
        var answer = await etcd.ListMembersAsync(member, Limit(context), context.CancellationToken);
        return new ListMembersResponse { Members = { answer.Members.Select(Member) } };
    }

    /// <inheritdoc/>
    public override async Task<AddMemberResponse> AddMember(AddMemberRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        Requests.Require(Uri.TryCreate(request.PeerUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps, "peer_url", "must be an https URL");
        var member = await instances.AdmitAsync(command, InstanceKinds.Etcd, context.CancellationToken);
        var (added, all) = await etcd.AddMemberAsync(member, request.PeerUrl, Limit(context), context.CancellationToken);
        return new AddMemberResponse { Member = Member(added), Members = { all.Select(Member) } };
    }

    /// <inheritdoc/>
    public override async Task<PromoteMemberResponse> PromoteMember(PromoteMemberRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        var id = MemberId(request.MemberId);
        var member = await instances.AdmitAsync(command, InstanceKinds.Etcd, context.CancellationToken);
        return new PromoteMemberResponse { Votes = await etcd.PromoteMemberAsync(member, id, Limit(context), context.CancellationToken) };
    }

    /// <inheritdoc/>
    public override async Task<RemoveMemberResponse> RemoveMember(RemoveMemberRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        var id = MemberId(request.MemberId);
        var member = await instances.AdmitAsync(command, InstanceKinds.Etcd, context.CancellationToken);
        return new RemoveMemberResponse { Removed = await etcd.RemoveMemberAsync(member, id, Limit(context), context.CancellationToken) };
    }

    private static ulong MemberId(string text)
    {
        Requests.Require(ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) && id > 0, "member_id", "must be an id in hexadecimal");
        return id;
    }

    private TimeSpan Limit(ServerCallContext context) => CallTime.FirstPart(context, _agreementTimeout, timeProvider);

    private static GetEtcdStatusResponse Response(StatusAnswer status, bool healthy) => new()
    {
        Version = status.Version,
        MemberId = Hexadecimal(status.Header.MemberId),
        LeaderId = status.Leader == 0 ? "" : Hexadecimal(status.Leader),
        RaftTerm = status.RaftTerm,
        RaftIndex = status.RaftIndex,
        DatabaseBytes = status.DatabaseBytes,
        Errors = { status.Errors.Select(EtcdAlarm.NameOf) },
        Healthy = healthy,
    };

    private static EtcdKey Key(KeyValue key) => new()
    {
        Key = Encoding.UTF8.GetString(key.Key),
        Value = ByteString.CopyFrom(key.Value),
        ModRevision = key.ModRevision,
        LeaseId = key.Lease,
    };

    private static EtcdMember Member(Member member) => new()
    {
        Id = Hexadecimal(member.Id),
        Name = member.Name,
        PeerUrls = { member.PeerUrls },
        ClientUrls = { member.ClientUrls },
        Learner = member.IsLearner,
    };

    private static string Hexadecimal(ulong id) => id.ToString("x", CultureInfo.InvariantCulture);
}
