using System.Collections.Immutable;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Hosts;

/// <summary>A host with what is observed of it now.</summary>
internal sealed record HostView
{
    /// <summary>The host as enrolled.</summary>
    public required Host Host { get; init; }

    /// <summary>The host as observed.</summary>
    public required HostObservation Observed { get; init; }

    /// <summary>What deserves a look.</summary>
    public required ImmutableArray<string> Warnings { get; init; }

    /// <summary>How many instances are placed on it.</summary>
    public required int InstanceCount { get; init; }

    /// <summary>The instances on it, with the names of their clusters and their states; none where several hosts are read.</summary>
    public ImmutableArray<(string Resource, Instance Instance, string State)> Instances { get; init; } = [];

    /// <summary>What is on it and belongs to nothing that the store knows; none where several hosts are read.</summary>
    public ImmutableArray<Orphan> Orphans { get; init; } = [];

    /// <summary>What is to be removed from it, and why that was not possible yet; none where several hosts are read.</summary>
    public ImmutableArray<(Leftover Leftover, string Trouble)> Leftovers { get; init; } = [];

    /// <summary>The clusters that have instances on it, by name.</summary>
    public required ImmutableArray<string> ClusterNames { get; init; }

    /// <summary>When its certificate was revoked; null when it was not, or when that was not asked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When its certificate expires; null when that was not asked.</summary>
    public DateTimeOffset? CertificateNotAfter { get; init; }
}
