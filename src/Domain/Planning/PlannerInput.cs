using System.Collections.Immutable;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>One cluster and what is seen of its hosts: everything that the planner needs to decide what to do next.</summary>
public sealed record PlannerInput
{
    /// <summary>The cluster.</summary>
    public required Cluster Cluster { get; init; }

    /// <summary>Its instances.</summary>
    public required IReadOnlyList<Instance> Instances { get; init; }

    /// <summary>The hosts as observed; one that is missing was never heard.</summary>
    public required IReadOnlyDictionary<HostId, HostObservation> Hosts { get; init; }

    /// <summary>Whether so many hosts are silent that the fault is taken to be ours: nothing is made anew then.</summary>
    public required bool FleetIsSilent { get; init; }

    /// <summary>Whether another configuration may be put into force now: one at a time in a cluster, with pauses.</summary>
    public bool MayConfigure { get; init; } = true;

    /// <summary>The node that says of itself, now, that it takes writes; null where none does, or more than one.</summary>
    public string? Primary { get; init; }

    /// <summary>The node that leads by the engine's word, whether it answers or not; null where none does.</summary>
    public string? Leader { get; init; }

    /// <summary>Whether the engine's own failover is paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The nodes that are seen to hold the data: the primary, and what streams from it.</summary>
    public ImmutableHashSet<string> Holders { get; init; } = [];

    /// <summary>Whether the store was found to be older than what agents have obeyed: nothing is done until a person confirms it.</summary>
    public required bool ObserveOnly { get; init; }
}
