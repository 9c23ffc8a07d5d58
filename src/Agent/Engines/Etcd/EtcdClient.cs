using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agents.Agent.Engines.Etcd.Wire;
using Agents.Agent.Instances;

namespace Agents.Agent.Engines.Etcd;

/// <summary>
/// Talks to one etcd member through its JSON gateway. A member that answers while the cluster cannot agree is <see cref="NoQuorumException"/>, one that does not answer is
/// <see cref="EngineUnreachableException"/>: they ask for different remedies.
/// </summary>
internal sealed class EtcdClient(EngineConnections connections)
{
    /// <summary>The largest number of keys of one read.</summary>
    public const int KeysMax = 1000;

    /// <summary>How long a member is asked at most whether it is there.</summary>
    private static readonly TimeSpan _statusTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The member's own view, which needs no quorum.</summary>
    public Task<StatusAnswer> GetStatusAsync(LocalInstance instance, CancellationToken cancellationToken) =>
        AskAsync(instance, "v3/maintenance/status", new EmptyQuestion(), EtcdJson.Default.EmptyQuestion, EtcdJson.Default.StatusAnswer, _statusTimeout, cancellationToken);

    /// <summary>Whether a linearizable read succeeds in time.</summary>
    public async Task<bool> CanAgreeAsync(LocalInstance instance, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var question = new RangeQuestion { Key = KeyRange.Bytes("agents/health"), Limit = 1, KeysOnly = true };
        try
        {
            await AskAsync(instance, "v3/kv/range", question, EtcdJson.Default.RangeQuestion, EtcdJson.Default.RangeAnswer, timeout, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is NoQuorumException or EngineUnreachableException)
        {
            return false;
        }
    }

    /// <summary>A linearizable read of one key, or of all that begin with it.</summary>
    public Task<RangeAnswer> GetKeysAsync(LocalInstance instance, string key, bool prefix, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var question = new RangeQuestion { Key = KeyRange.Bytes(key), RangeEnd = prefix ? KeyRange.EndOf(key) : null, Limit = KeysMax };
        return AgreeAsync(instance, "v3/kv/range", question, EtcdJson.Default.RangeQuestion, EtcdJson.Default.RangeAnswer, timeout, cancellationToken);
    }

    /// <summary>Deletes a key in one transaction if its value and the revision of its last change are as expected; false when they are not.</summary>
    public async Task<bool> CompareAndDeleteAsync(LocalInstance instance, string key, byte[] value, long modRevision, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var bytes = KeyRange.Bytes(key);
        var question = new TransactionQuestion
        {
            Compare = [new Comparison { Target = "VALUE", Key = bytes, Value = value }, new Comparison { Target = "MOD", Key = bytes, ModRevision = modRevision }],
            Success = [new TransactionStep { RequestDeleteRange = new DeleteRange { Key = bytes } }],
        };
        var answer = await AgreeAsync(instance, "v3/kv/txn", question, EtcdJson.Default.TransactionQuestion, EtcdJson.Default.TransactionAnswer, timeout, cancellationToken);
        return answer.Succeeded;
    }

    /// <summary>The members, as the cluster agrees on them.</summary>
    public Task<MemberListAnswer> ListMembersAsync(LocalInstance instance, TimeSpan timeout, CancellationToken cancellationToken) =>
        AgreeAsync(instance, "v3/cluster/member/list", new EmptyQuestion(), EtcdJson.Default.EmptyQuestion, EtcdJson.Default.MemberListAnswer, timeout, cancellationToken);

    /// <summary>
    /// Adds a member without a vote, or finds the one that has the address already. Whether etcd carried out a change that failed is found out by repeating it, so each of the
    /// three looks first.
    /// </summary>
    public async Task<(Member Added, IReadOnlyList<Member> All)> AddMemberAsync(LocalInstance instance, string peerUrl, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var members = (await ListMembersAsync(instance, timeout, cancellationToken)).Members;
        if (members.FirstOrDefault(member => member.PeerUrls.Contains(peerUrl)) is not { } known)
        {
            members = await ChangeAsync(instance, "add", new MemberQuestion { PeerUrls = [peerUrl], IsLearner = true }, timeout, cancellationToken);
            known = members.FirstOrDefault(member => member.PeerUrls.Contains(peerUrl)) ?? throw new EngineUnreachableException(EngineInterface.Etcd, "the answer lacks the new member");
        }

        return (known, members);
    }

    /// <summary>Gives a learner its vote; false while it does not have the data yet.</summary>
    public async Task<bool> PromoteMemberAsync(LocalInstance instance, ulong id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        const string notInSync = "in sync with leader";
        var members = (await ListMembersAsync(instance, timeout, cancellationToken)).Members;
        var member = members.FirstOrDefault(member => member.Id == id) ?? throw new EtcdRefusedException("there is no such member");
        if (!member.IsLearner)
            return true;
        try
        {
            await ChangeAsync(instance, "promote", new MemberQuestion { Id = id }, timeout, cancellationToken);
            return true;
        }
        catch (EtcdRefusedException exception) when (exception.Message.Contains(notInSync, StringComparison.Ordinal))
        {
            return false;
        }
    }

    /// <summary>
    /// Removes a member; false when it was none. Whether those that are left have a quorum of members that answer, etcd itself checks (strict-reconfig-check); only the last
    /// one it would let go.
    /// </summary>
    public async Task<bool> RemoveMemberAsync(LocalInstance instance, ulong id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var members = (await ListMembersAsync(instance, timeout, cancellationToken)).Members;
        if (members.All(member => member.Id != id))
            return false;
        if (members.All(member => member.Id == id || member.IsLearner))
            throw new EtcdRefusedException("it is the last member that votes");
        await ChangeAsync(instance, "remove", new MemberQuestion { Id = id }, timeout, cancellationToken);
        return true;
    }

    private async Task<IReadOnlyList<Member>> ChangeAsync(LocalInstance instance, string change, MemberQuestion question, TimeSpan timeout, CancellationToken cancellationToken) =>
        (await AgreeAsync(instance, $"v3/cluster/member/{change}", question, EtcdJson.Default.MemberQuestion, EtcdJson.Default.MemberListAnswer, timeout, cancellationToken)).Members;

    /// <summary>Asks what needs the cluster's agreement. Without it a member says nothing for many seconds; so after the time limit its own status tells who is at fault.</summary>
    private async Task<TAnswer> AgreeAsync<TQuestion, TAnswer>(
        LocalInstance instance, string path, TQuestion question, JsonTypeInfo<TQuestion> questionType, JsonTypeInfo<TAnswer> answerType, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(instance, path, question, questionType, answerType, timeout, cancellationToken);
        }
        catch (EngineUnreachableException exception) when (exception.InnerException is OperationCanceledException)
        {
            await GetStatusAsync(instance, cancellationToken);
            throw new NoQuorumException("the member answers, but the cluster did not agree in time", exception);
        }
    }

    private async Task<TAnswer> AskAsync<TQuestion, TAnswer>(
        LocalInstance instance, string path, TQuestion question, JsonTypeInfo<TQuestion> questionType, JsonTypeInfo<TAnswer> answerType, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(question, questionType);
        var answer = await connections.SendAsync(instance, EngineInterface.Etcd, HttpMethod.Post, path, body, timeout, cancellationToken);
        return answer.Succeeded ? Read(answer, answerType) : throw Failure(answer);
    }

    private static T Read<T>(EngineAnswer answer, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body, type) ?? throw new EngineUnreachableException(EngineInterface.Etcd, "the answer is empty");
        }
        catch (JsonException exception)
        {
            throw new EngineUnreachableException(EngineInterface.Etcd, "the answer is not etcd's", exception);
        }
    }

    /// <summary>What etcd itself reports as unavailable or out of time is a want of quorum; other errors, as that the gateway cannot reach its own server, are not.</summary>
    private static Exception Failure(EngineAnswer answer)
    {
        const int deadlineExceeded = 4;
        const int unavailable = 14;
        const int failedPrecondition = 9;
        var error = answer.Body.Length == 0 ? new ErrorAnswer() : Read(answer, EtcdJson.Default.ErrorAnswer);
        if (error.Code is failedPrecondition)
            return new EtcdRefusedException(error.Message);
        return error.Code is unavailable or deadlineExceeded && error.Message.StartsWith("etcdserver:", StringComparison.Ordinal)
            ? new NoQuorumException(error.Message)
            : new EngineUnreachableException(EngineInterface.Etcd, error.Message.Length > 0 ? error.Message : $"HTTP status {(int)answer.Status}");
    }
}
