using Agents.Domain.Model;

namespace Agents.Domain.Scheduling;

/// <summary>The ports that each kind of instance publishes, by name.</summary>
public static class InstancePorts
{
    /// <summary>The names, in the order in which ports are given.</summary>
    public static IReadOnlyList<string> Of(InstanceKind kind) => kind switch
    {
        InstanceKind.Postgres => ["postgres", "rest"],
        InstanceKind.Etcd => ["client", "peer"],
        _ => ["read_write", "read_only", "statistics"],
    };
}
