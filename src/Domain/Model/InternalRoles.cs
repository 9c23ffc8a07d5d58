namespace Agents.Domain.Model;

/// <summary>The roles that a cluster keeps for itself, and the names that are therefore nobody else's.</summary>
public static class InternalRoles
{
    /// <summary>Owns everything; has no password and comes in over the local socket alone.</summary>
    public const string Superuser = "postgres";

    /// <summary>Replicas follow the primary as this one.</summary>
    public const string Replicator = "agents_replicator";

    /// <summary>A former primary reads from its successor as this one, to become its replica.</summary>
    public const string Rewind = "agents_rewind";

    /// <summary>Whether a name is the system's own: ours, PostgreSQL's ("public" and "none" are words of its), or that of the statistics page's credential.</summary>
    public static bool IsReserved(string name) =>
        name is Superuser or "public" or "none" or "statistics"
        || name.StartsWith("pg_", StringComparison.Ordinal)
        || name.StartsWith("agents_", StringComparison.Ordinal);
}
