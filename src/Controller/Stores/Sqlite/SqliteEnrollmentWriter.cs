using Agents.Controller.Enrollment;
using Agents.Controller.Stores.Sqlite.Tables;
using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>Writes for enrolment through the writer's connection, inside the transaction that the writer has begun.</summary>
internal sealed class SqliteEnrollmentWriter(SqliteConnection connection) : SqliteEnrollmentReader(connection), IEnrollmentWriter
{
    /// <inheritdoc/>
    public void AddAuthority(StoredAuthority authority) => AuthorityTable.Add(Connection, authority);

    /// <inheritdoc/>
    public void AddJoinToken(JoinTokenRecord token) => JoinTokenTable.Add(Connection, token);

    /// <inheritdoc/>
    public void UpdateJoinToken(JoinTokenRecord token) => JoinTokenTable.Update(Connection, token);

    /// <inheritdoc/>
    public bool RemoveJoinToken(string id) => JoinTokenTable.Remove(Connection, id);

    /// <inheritdoc/>
    public HostIdentity? FindIdentity(string requestId, string publicKeySha256) => HostIdentityTable.Find(Connection, requestId, publicKeySha256);

    /// <inheritdoc/>
    public void AddIdentity(HostIdentity identity) => HostIdentityTable.Add(Connection, identity);

    /// <inheritdoc/>
    public void UpdateIdentity(HostIdentity identity) => HostIdentityTable.Update(Connection, identity);

    /// <inheritdoc/>
    public Host? FindHost(string project, string name) => HostTable.Find(Connection, project, name);

    /// <inheritdoc/>
    public Host? FindHost(HostId id) => HostTable.Find(Connection, id);

    /// <inheritdoc/>
    public void AddHost(Host host) => HostTable.Add(Connection, host);

    /// <inheritdoc/>
    public void AddEvent(NewEvent newEvent) => EventTable.Add(Connection, newEvent);
}
