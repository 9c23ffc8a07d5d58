namespace Agents.Domain.Model;

/// <summary>What an instance is.</summary>
public enum InstanceKind
{
    /// <summary>A PostgreSQL node.</summary>
    Postgres,

    /// <summary>An etcd member.</summary>
    Etcd,

    /// <summary>A HAProxy.</summary>
    Haproxy,
}
