using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Engines;

/// <summary>The secrets of a cluster in plain text. Lives in memory while configuration is made; its text form shows nothing.</summary>
public sealed record ClusterSecrets
{
    /// <summary>The cluster's certificate authority, PEM.</summary>
    public required string CaCertificate { get; init; }

    /// <summary>The certificates of each instance.</summary>
    public required ImmutableDictionary<InstanceId, InstanceTls> Tls { get; init; }

    /// <summary>The password of the replication role.</summary>
    public required string ReplicationPassword { get; init; }

    /// <summary>The password of the role that pg_rewind uses.</summary>
    public required string RewindPassword { get; init; }

    /// <summary>The password of the proxies' statistics page.</summary>
    public required string StatisticsPassword { get; init; }

    /// <summary>Nothing of the content.</summary>
    public override string ToString() => nameof(ClusterSecrets);
}
