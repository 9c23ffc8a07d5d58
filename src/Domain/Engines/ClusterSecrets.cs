using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Engines;

/// <summary>The secrets of a cluster in plain text. Lives in memory while configuration is made; its text form shows nothing.</summary>
public sealed record ClusterSecrets
{
    /// <summary>The certificate of the authority of servers, PEM: the one file that whoever connects needs.</summary>
    public required string ServerAuthority { get; init; }

    /// <summary>The certificate of the authority of those who may change things in etcd and Patroni, PEM.</summary>
    public required string ClientAuthority { get; init; }

    /// <summary>The certificate of the authority of etcd's members among themselves, PEM.</summary>
    public required string PeerAuthority { get; init; }

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
