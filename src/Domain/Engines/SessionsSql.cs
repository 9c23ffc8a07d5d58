using Agents.Domain.Model;

namespace Agents.Domain.Engines;

/// <summary>The SQL that asks who is connected to a server.</summary>
public static class SessionsSql
{
    /// <summary>A row where a user has a session, working or resting.</summary>
    public static string AnyOfUsers { get; } =
        $"SELECT 1 FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend' AND usename NOT IN ('{InternalRoles.Superuser}', '{InternalRoles.Replicator}', '{InternalRoles.Rewind}') LIMIT 1";
}
