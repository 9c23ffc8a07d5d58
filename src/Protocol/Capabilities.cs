namespace Agents.Protocol;

/// <summary>What an agent can do, as it says in its hello. Capabilities decide behaviour; version numbers only decide who may talk.</summary>
public static class Capabilities
{
    /// <summary>Containers, networks, volumes, images.</summary>
    public const string Containers = "containers.v1";

    /// <summary>Instance records: want, fence, release.</summary>
    public const string Instances = "instances.v1";

    /// <summary>SQL on local instances.</summary>
    public const string Psql = "psql.v1";

    /// <summary>etcd members.</summary>
    public const string Etcd = "etcd.v1";

    /// <summary>Patroni nodes.</summary>
    public const string Patroni = "patroni.v1";

    /// <summary>Proxies.</summary>
    public const string Proxies = "proxies.v1";

    /// <summary>All that this version has.</summary>
    public static IReadOnlyList<string> All { get; } = [Containers, Instances, Psql, Etcd, Patroni, Proxies];

    /// <summary>What an agent must be able to do for calls of a service; null where every agent can.</summary>
    public static string? Of(string service) => service switch
    {
        "agents.v1.ContainerService" => Containers,
        "agents.v1.InstanceService" => Instances,
        "agents.v1.PsqlService" => Psql,
        "agents.v1.EtcdService" => Etcd,
        "agents.v1.PatroniService" => Patroni,
        "agents.v1.ProxyService" => Proxies,
        _ => null,
    };
}
