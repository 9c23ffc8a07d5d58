namespace Agents.Words;

/// <summary>The types of resource that own instances, networks and operations, as they stand in commands and labels.</summary>
public static class ResourceTypes
{
    /// <summary>A PostgreSQL cluster.</summary>
    public const string PostgresCluster = "postgres_cluster";

    /// <summary>A single PostgreSQL server.</summary>
    public const string PostgresServer = "postgres_server";

    /// <summary>An Nginx server.</summary>
    public const string Nginx = "nginx";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [PostgresCluster, PostgresServer, Nginx];
}
