namespace Agents.Words;

/// <summary>What a published port is for. A container listens inside on the very port that is published outside.</summary>
public static class PortNames
{
    /// <summary>etcd: clients, TLS with a client certificate.</summary>
    public const string EtcdClient = "client";

    /// <summary>etcd: peers, TLS with a client certificate.</summary>
    public const string EtcdPeer = "peer";

    /// <summary>PostgreSQL.</summary>
    public const string Postgres = "postgres";

    /// <summary>Patroni's REST interface, TLS.</summary>
    public const string PatroniRest = "rest";

    /// <summary>HAProxy: to the primary.</summary>
    public const string ReadWrite = "read_write";

    /// <summary>HAProxy: to the replicas.</summary>
    public const string ReadOnly = "read_only";

    /// <summary>HAProxy: statistics page, with a password.</summary>
    public const string Statistics = "statistics";
}
