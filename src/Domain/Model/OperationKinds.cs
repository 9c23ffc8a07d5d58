namespace Agents.Domain.Model;

/// <summary>The kinds of operation.</summary>
public static class OperationKinds
{
    /// <summary>Makes a PostgreSQL cluster.</summary>
    public const string PostgresClusterCreate = "postgres.cluster.create";

    /// <summary>Takes a PostgreSQL cluster away.</summary>
    public const string PostgresClusterDelete = "postgres.cluster.delete";

    /// <summary>Puts a new member in the place of one whose data is gone, with the data that the others have. The controller begins it by itself.</summary>
    public const string PostgresClusterReplaceMember = "postgres.cluster.replace_member";

    /// <summary>Has the engine choose another primary at once where the one that it has is proved to be dead. The controller begins it by itself.</summary>
    public const string PostgresClusterFailover = "postgres.cluster.failover";

    /// <summary>Has a primary that is well hand the lead over to a replica.</summary>
    public const string PostgresClusterSwitchover = "postgres.cluster.switchover";

    /// <summary>Stops a cluster, cleanly and with the primary last; it stays stopped until it is started.</summary>
    public const string PostgresClusterStop = "postgres.cluster.stop";

    /// <summary>Starts a cluster that was stopped.</summary>
    public const string PostgresClusterStart = "postgres.cluster.start";

    /// <summary>Restarts PostgreSQL on all nodes of a cluster, one after the other.</summary>
    public const string PostgresClusterRestart = "postgres.cluster.restart";

    /// <summary>Adds replicas to a cluster.</summary>
    public const string PostgresClusterAddNodes = "postgres.cluster.add_nodes";

    /// <summary>Takes replicas out of a cluster, with their data where others have it.</summary>
    public const string PostgresClusterRemoveNodes = "postgres.cluster.remove_nodes";

    /// <summary>Brings a deleted PostgreSQL cluster back from the trash.</summary>
    public const string PostgresClusterUndelete = "postgres.cluster.undelete";
}
