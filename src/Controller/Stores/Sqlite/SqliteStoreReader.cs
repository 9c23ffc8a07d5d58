using Agents.Controller.Stores.Sqlite.Tables;
using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>Reads through one connection, inside the transaction that its owner has begun.</summary>
internal class SqliteStoreReader(SqliteConnection connection) : IStoreReader
{
    /// <summary>The connection.</summary>
    protected SqliteConnection Connection { get; } = connection;

    /// <inheritdoc/>
    public StoreIdentity Identity => IdentityTable.Get(Connection);

    /// <inheritdoc/>
    public IReadOnlyList<EpochTerm> ListEpochTerms() => EpochTermTable.List(Connection);

    /// <inheritdoc/>
    public long LastOperationSequence => IdentityTable.LastOperationSequence(Connection);

    /// <inheritdoc/>
    public Host? FindHost(HostId id) => HostTable.Find(Connection, id);

    /// <inheritdoc/>
    public Host? FindHost(string project, string name) => HostTable.Find(Connection, project, name);

    /// <inheritdoc/>
    public Host? FindHostAt(string project, string address) => HostTable.FindAt(Connection, project, address);

    /// <inheritdoc/>
    public IReadOnlyList<Host> ListHosts(string? project) => HostTable.List(Connection, project);

    /// <inheritdoc/>
    public Cluster? FindCluster(ClusterId id) => ClusterTable.Find(Connection, id);

    /// <inheritdoc/>
    public Cluster? FindCluster(string project, string name) => ClusterTable.Find(Connection, project, name);

    /// <inheritdoc/>
    public IReadOnlyList<Cluster> ListClusters(string? project) => ClusterTable.List(Connection, project);

    /// <inheritdoc/>
    public IReadOnlyList<Cluster> ListTrash(string? project) => ClusterTable.ListTrash(Connection, project);

    /// <inheritdoc/>
    public IReadOnlyList<Instance> ListInstances(ResourceRef owner) => InstanceTable.List(Connection, owner);

    /// <inheritdoc/>
    public IReadOnlyList<Instance> ListInstances() => InstanceTable.List(Connection);

    /// <inheritdoc/>
    public IReadOnlyList<ResourceNetwork> ListNetworks() => NetworkTable.List(Connection);

    /// <inheritdoc/>
    public Operation? FindOperation(OperationId id) => OperationTable.Find(Connection, id);

    /// <inheritdoc/>
    public IReadOnlyList<Operation> ListOperations(OperationFilter filter) => OperationTable.List(Connection, filter);

    /// <inheritdoc/>
    public IReadOnlyList<Operation> ListOpenOperations() => OperationTable.ListOpen(Connection);

    /// <inheritdoc/>
    public Credential? FindCredential(ResourceRef owner, string role) => CredentialTable.Find(Connection, owner, role);

    /// <inheritdoc/>
    public IReadOnlyList<Credential> ListCredentials(ResourceRef owner) => CredentialTable.List(Connection, owner);

    /// <inheritdoc/>
    public ImageSet? FindImageSet(string version) => ImageSetTable.Find(Connection, version);

    /// <inheritdoc/>
    public IReadOnlyList<ImageSet> ListImageSets() => ImageSetTable.List(Connection);

    /// <inheritdoc/>
    public IReadOnlyList<Leftover> ListLeftovers() => LeftoverTable.List(Connection);

    /// <inheritdoc/>
    public IReadOnlyList<StoredEvent> ListEvents(long afterSequence, int countMax) => EventTable.List(Connection, afterSequence, countMax);

    /// <inheritdoc/>
    public UserToken? FindUserToken(string secretSha256) => UserTokenTable.Find(Connection, secretSha256);

    /// <inheritdoc/>
    public IReadOnlyList<UserToken> ListUserTokens() => UserTokenTable.List(Connection);

    /// <inheritdoc/>
    public IReadOnlyList<StoredAuthority> ListAuthorities() => AuthorityTable.List(Connection);

    /// <inheritdoc/>
    public HostIdentity? FindIdentity(HostId id) => HostIdentityTable.Find(Connection, id);

    /// <inheritdoc/>
    public HostIdentity? FindIdentity(string requestId, string publicKeySha256) => HostIdentityTable.Find(Connection, requestId, publicKeySha256);

    /// <inheritdoc/>
    public JoinTokenRecord? FindJoinToken(string id) => JoinTokenTable.Find(Connection, id);

    /// <inheritdoc/>
    public JoinTokenRecord? FindJoinTokenBySecret(string secretSha256) => JoinTokenTable.FindBySecret(Connection, secretSha256);

    /// <inheritdoc/>
    public IReadOnlyList<JoinTokenRecord> ListJoinTokens(string? project) => JoinTokenTable.List(Connection, project);
}
