namespace Agents.Domain.Model;

/// <summary>What users create and own.</summary>
public enum ResourceType
{
    /// <summary>A PostgreSQL cluster.</summary>
    PostgresCluster,

    /// <summary>A single PostgreSQL server.</summary>
    PostgresServer,

    /// <summary>An Nginx server.</summary>
    Nginx,
}
