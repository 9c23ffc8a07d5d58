using Agents.Controller.Enrollment;
using Agents.Controller.Stores.Sqlite.Tables;
using Agents.Domain.Model;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>Reads for enrolment through one connection, inside the transaction that its owner has begun.</summary>
internal class SqliteEnrollmentReader(SqliteConnection connection) : IEnrollmentReader
{
    /// <summary>The connection.</summary>
    protected SqliteConnection Connection { get; } = connection;

    /// <inheritdoc/>
    public IReadOnlyList<StoredAuthority> ListAuthorities() => AuthorityTable.List(Connection);

    /// <inheritdoc/>
    public HostIdentity? FindIdentity(HostId id) => HostIdentityTable.Find(Connection, id);

    /// <inheritdoc/>
    public JoinTokenRecord? FindJoinToken(string id) => JoinTokenTable.Find(Connection, id);

    /// <inheritdoc/>
    public JoinTokenRecord? FindJoinTokenBySecret(string secretSha256) => JoinTokenTable.FindBySecret(Connection, secretSha256);

    /// <inheritdoc/>
    public IReadOnlyList<JoinTokenRecord> ListJoinTokens(string? project) => JoinTokenTable.List(Connection, project);
}
