using System.Collections.Immutable;

namespace Agents.Domain.Model;

/// <summary>One instance of a cluster as placed: what must be on which host. Fixed once the plan is frozen, but for its generation and its end.</summary>
public sealed record Instance
{
    /// <summary>Its id.</summary>
    public required InstanceId Id { get; init; }

    /// <summary>Its cluster.</summary>
    public required ClusterId ClusterId { get; init; }

    /// <summary>Its host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>What it is.</summary>
    public required InstanceKind Kind { get; init; }

    /// <summary>Its ordinal in the cluster, never used twice.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Its name in its engine, as "demo-1" or "demo-etcd-4".</summary>
    public required string Member { get; init; }

    /// <summary>The address that cluster peers use.</summary>
    public required string ClusterAddress { get; init; }

    /// <summary>The address that applications use.</summary>
    public required string ClientAddress { get; init; }

    /// <summary>Its published ports by name.</summary>
    public required ImmutableSortedDictionary<string, int> Ports { get; init; }

    /// <summary>The subnet of the cluster's network on its host, in CIDR form.</summary>
    public required string Subnet { get; init; }

    /// <summary>Raised with every command that supersedes earlier ones.</summary>
    public required long Generation { get; init; }

    /// <summary>Whether it has data of its own: from then on it is never made anew over a missing volume.</summary>
    public bool Initialised { get; init; }

    /// <summary>Why it was placed where it is.</summary>
    public required string PlacementReason { get; init; }

    /// <summary>The name of its container.</summary>
    public string ContainerName => $"agents-{Id.Value:N}";

    /// <summary>The name of its data volume.</summary>
    public string DataVolume => $"agents-{Id.Value:N}-data";

    /// <summary>The name of its configuration volume.</summary>
    public string ConfigVolume => $"agents-{Id.Value:N}-config";
}
