using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Scheduling;

/// <summary>A host as the scheduler sees it: what it is, what it has, and what of it is taken.</summary>
public sealed record HostCandidate
{
    /// <summary>The host.</summary>
    public required Host Host { get; init; }

    /// <summary>Its state.</summary>
    public required HostState State { get; init; }

    /// <summary>Why it is not ready; empty when it is.</summary>
    public required string StateReason { get; init; }

    /// <summary>The facts; null when none were reported yet.</summary>
    public required HostFacts? Facts { get; init; }

    /// <summary>Memory in bytes that instances on it reserve.</summary>
    public required long ReservedMemoryBytes { get; init; }

    /// <summary>Disk in bytes that instances on it reserve.</summary>
    public required long ReservedDiskBytes { get; init; }

    /// <summary>How many instances are placed on it.</summary>
    public required int InstanceCount { get; init; }

    /// <summary>Ports that are taken: by our instances, or found taken by a probe.</summary>
    public required ImmutableHashSet<int> UsedPorts { get; init; }

    /// <summary>Subnets that are taken, in CIDR form: by our resources, by the host itself, or found in the way of a network.</summary>
    public required ImmutableHashSet<string> UsedSubnets { get; init; }
}
