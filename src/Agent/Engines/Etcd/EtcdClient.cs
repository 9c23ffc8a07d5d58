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
        var error = answer.Body.Length == 0 ? new ErrorAnswer() : Read(answer, EtcdJson.Default.ErrorAnswer);
        return error.Code is unavailable or deadlineExceeded && error.Message.StartsWith("etcdserver:", StringComparison.Ordinal)
            ? new NoQuorumException(error.Message)
            : new EngineUnreachableException(EngineInterface.Etcd, error.Message.Length > 0 ? error.Message : $"HTTP status {(int)answer.Status}");
    }
}
