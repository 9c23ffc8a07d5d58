using Agents.Controller.Stores.Sqlite.Tables;
using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>Writes through the writer's connection, inside the transaction that the writer has begun.</summary>
internal sealed class SqliteStoreWriter(SqliteConnection connection) : SqliteStoreReader(connection), IStoreWriter
{
    private readonly int _changesBefore = SQLitePCL.raw.sqlite3_total_changes(connection.Handle);
    private int _otherChanges;

    /// <summary>Whether hosts, clusters or instances may have been changed: whether any row was, but for those of which is known that they are of something else.</summary>
    public bool MayHaveChangedResources => ChangeCount - _otherChanges != _changesBefore;

    private int ChangeCount => SQLitePCL.raw.sqlite3_total_changes(Connection.Handle);

    /// <inheritdoc/>
    public long TakeEpoch(long atLeast, string termId)
    {
        var epoch = IdentityTable.TakeEpoch(Connection, atLeast);
        EpochTermTable.Begin(Connection, termId, epoch, Identity.Revision);
        return epoch;
    }

    /// <inheritdoc/>
    public void AcceptEpochTerm(EpochTerm term) => EpochTermTable.Accept(Connection, term);

    /// <inheritdoc/>
    public void AddHost(Host host) => HostTable.Add(Connection, host);

    /// <inheritdoc/>
    public bool UpdateHost(Host host, long expectedGeneration) => HostTable.Update(Connection, host, expectedGeneration);

    /// <inheritdoc/>
    public void RemoveHost(HostId id)
    {
        HostIdentityTable.Remove(Connection, id);
        HostTable.Remove(Connection, id);
    }

    /// <inheritdoc/>
    public void AddCluster(Cluster cluster) => ClusterTable.Add(Connection, cluster);

    /// <inheritdoc/>
    public bool UpdateCluster(Cluster cluster, long expectedGeneration) => ClusterTable.Update(Connection, cluster, expectedGeneration);

    /// <inheritdoc/>
    public void AddInstances(IReadOnlyList<Instance> instances)
    {
        foreach (var instance in instances)
            InstanceTable.Add(Connection, instance);
    }

    /// <inheritdoc/>
    public void UpdateInstance(Instance instance) => InstanceTable.Update(Connection, instance);

    /// <inheritdoc/>
    public void RemoveInstance(InstanceId id) => InstanceTable.Remove(Connection, id);

    /// <inheritdoc/>
    public Operation AddOperation(Operation operation)
    {
        var added = operation with { Sequence = TakeOperationSequence() };
        ChangeOther(() => OperationTable.Add(Connection, added));
        return added;
    }

    /// <inheritdoc/>
    public Operation UpdateOperation(Operation operation)
    {
        var updated = operation with { Sequence = TakeOperationSequence() };
        ChangeOther(() => OperationTable.Update(Connection, updated));
        return updated;
    }

    /// <inheritdoc/>
    public void AddCredential(Credential credential) => CredentialTable.Add(Connection, credential);

    /// <inheritdoc/>
    public void RemoveCredentials(ResourceRef owner) => CredentialTable.Remove(Connection, owner);

    /// <inheritdoc/>
    public void RemoveCredentials(ResourceRef owner, string role) => CredentialTable.Remove(Connection, owner, role);

    /// <inheritdoc/>
    public void AddImageSet(ImageSet imageSet) => ImageSetTable.Add(Connection, imageSet);

    /// <inheritdoc/>
    public void AddLeftover(Leftover leftover) => LeftoverTable.Add(Connection, leftover);

    /// <inheritdoc/>
    public void UpdateLeftover(Leftover leftover) => LeftoverTable.Update(Connection, leftover);

    /// <inheritdoc/>
    public void RemoveLeftover(Leftover leftover) => LeftoverTable.Remove(Connection, leftover);

    /// <inheritdoc/>
    public int RemoveAged(StoreAges before, int countMax)
    {
        var count = 0;
        ChangeOther(() => count = EventTable.RemoveBefore(Connection, before.Events, countMax)
            + IdempotentAnswerTable.RemoveBefore(Connection, before.Answers, countMax)
            + OperationTable.RemoveBefore(Connection, before.Operations, countMax));
        return count + ClusterTable.RemoveBefore(Connection, before.Clusters, countMax);
    }

    /// <inheritdoc/>
    public void AddEvent(NewEvent newEvent) => ChangeOther(() => EventTable.Add(Connection, newEvent));

    /// <inheritdoc/>
    public IdempotentAnswer? FindIdempotentAnswer(string principal, string requestId) => IdempotentAnswerTable.Find(Connection, principal, requestId);

    /// <inheritdoc/>
    public void AddIdempotentAnswer(IdempotentAnswer answer) => ChangeOther(() => IdempotentAnswerTable.Add(Connection, answer));

    /// <inheritdoc/>
    public void AddUserToken(UserToken token) => UserTokenTable.Add(Connection, token);

    /// <inheritdoc/>
    public void UpdateUserToken(UserToken token) => UserTokenTable.Update(Connection, token);

    /// <inheritdoc/>
    public void AddAuthority(StoredAuthority authority) => AuthorityTable.Add(Connection, authority);

    /// <inheritdoc/>
    public void AddIdentity(HostIdentity identity) => HostIdentityTable.Add(Connection, identity);

    /// <inheritdoc/>
    public void UpdateIdentity(HostIdentity identity) => HostIdentityTable.Update(Connection, identity);

    /// <inheritdoc/>
    public void AddJoinToken(JoinTokenRecord token) => JoinTokenTable.Add(Connection, token);

    /// <inheritdoc/>
    public void UpdateJoinToken(JoinTokenRecord token) => JoinTokenTable.Update(Connection, token);

    /// <inheritdoc/>
    public bool RemoveJoinToken(string id) => JoinTokenTable.Remove(Connection, id);

    private long TakeOperationSequence()
    {
        long sequence = 0;
        ChangeOther(() => sequence = IdentityTable.TakeOperationSequence(Connection));
        return sequence;
    }

    /// <summary>Changes what is neither host, cluster nor instance.</summary>
    private void ChangeOther(Action change)
    {
        var before = ChangeCount;
        change();
        _otherChanges += ChangeCount - before;
    }
}
