namespace Agents.Words;

/// <summary>The ports that agents dial, by what they are for. All the others are words of the controller alone.</summary>
public static class PortNames
{
    /// <summary>etcd: clients, TLS with a client certificate.</summary>
    public const string EtcdClient = "client";

    /// <summary>PostgreSQL.</summary>
    public const string Postgres = "postgres";

    /// <summary>Patroni's REST interface, TLS.</summary>
    public const string PatroniRest = "rest";
}
