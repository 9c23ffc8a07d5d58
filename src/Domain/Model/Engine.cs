namespace Agents.Domain.Model;

/// <summary>How a cluster is kept available.</summary>
public enum Engine
{
    /// <summary>Patroni with etcd and HAProxy.</summary>
    Patroni,

    /// <summary>pg_auto_failover with its monitor and HAProxy.</summary>
    PgAutoFailover,
}
