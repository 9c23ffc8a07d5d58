namespace Agents.Domain.Model;

/// <summary>The kinds of operation.</summary>
public static class OperationKinds
{
    /// <summary>Makes a PostgreSQL cluster.</summary>
    public const string PostgresClusterCreate = "postgres.cluster.create";

    /// <summary>Takes a PostgreSQL cluster away.</summary>
    public const string PostgresClusterDelete = "postgres.cluster.delete";
}
