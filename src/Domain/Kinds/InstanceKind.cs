namespace Agents.Domain.Kinds;

/// <summary>What an instance is. What follows from it stands in <see cref="KindProfile"/>.</summary>
public enum InstanceKind
{
    /// <summary>A PostgreSQL node.</summary>
    Postgres,

    /// <summary>An etcd member.</summary>
    Etcd,

    /// <summary>A HAProxy.</summary>
    Haproxy,
}
