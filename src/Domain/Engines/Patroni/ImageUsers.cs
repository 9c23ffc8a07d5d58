using Agents.Domain.Model;

namespace Agents.Domain.Engines.Patroni;

/// <summary>User and group ids in our images, fixed there by their Dockerfiles.</summary>
internal static class ImageUsers
{
    /// <summary>agents/postgres.</summary>
    public const int Postgres = 800;

    /// <summary>agents/etcd.</summary>
    public const int Etcd = 801;

    /// <summary>agents/haproxy.</summary>
    public const int Haproxy = 802;

    /// <summary>That of a kind's image.</summary>
    public static int Of(InstanceKind kind) => kind switch
    {
        InstanceKind.Postgres => Postgres,
        InstanceKind.Etcd => Etcd,
        _ => Haproxy,
    };
}
