namespace Agents.Words;

/// <summary>The kinds of instance as they stand in labels and records.</summary>
public static class InstanceKinds
{
    /// <summary>A PostgreSQL node: started by its agent alone.</summary>
    public const string Postgres = "postgres";

    /// <summary>An etcd member.</summary>
    public const string Etcd = "etcd";

    /// <summary>A HAProxy.</summary>
    public const string Haproxy = "haproxy";

    /// <summary>An Nginx.</summary>
    public const string Nginx = "nginx";
}
