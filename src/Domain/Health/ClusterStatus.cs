using System.Collections.Immutable;

namespace Agents.Domain.Health;

/// <summary>What is observed of a cluster, ready to be shown.</summary>
public sealed record ClusterStatus
{
    /// <summary>"creating", "running", "degraded", "unavailable", "stopping", "stopped", "unknown", "deleting", "undeleting" or "deleted".</summary>
    public required string Phase { get; init; }

    /// <summary>"Writable", "Converged", "Durable" and "HostsReachable"; "TwoPrimaries", "UnknownMembers" and "FailoverPaused" only while they hold.</summary>
    public required ImmutableArray<Condition> Conditions { get; init; }

    /// <summary>The nodes, by ordinal.</summary>
    public required ImmutableArray<NodeStatus> Nodes { get; init; }

    /// <summary>Etcd members and proxies.</summary>
    public required ImmutableArray<InstanceStatus> Instances { get; init; }

    /// <summary>Where to connect.</summary>
    public required ImmutableArray<Endpoint> Endpoints { get; init; }

    /// <summary>How to connect, without the password; empty before there are endpoints.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>What is left as it is though it is not as it should be, and why.</summary>
    public required ImmutableArray<HeldBack> Held { get; init; }

    /// <summary>When the engine was last seen; null when it was not.</summary>
    public DateTimeOffset? ObservedAt { get; init; }
}
