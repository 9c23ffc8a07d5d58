using System.Collections.Immutable;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Observation;

/// <summary>What is seen of the fleet now: kept in memory, fed by the links, gone with the process. Safe for concurrent use.</summary>
internal interface IFleetView
{
    /// <summary>A host as observed; <see cref="HostObservation.NeverHeard"/> for one that was not heard since the start.</summary>
    HostObservation Host(HostId id);

    /// <summary>All hosts that were heard since the start.</summary>
    IReadOnlyDictionary<HostId, HostObservation> Hosts { get; }

    /// <summary>
    /// Whether an agent has obeyed a higher generation of an instance than the store knows: the store is older than the fleet, and nothing may be changed until a person
    /// has confirmed it.
    /// </summary>
    bool ObserveOnly => NewerGenerations.Count > 0;

    /// <summary>The instances of which agents have obeyed a higher generation than the store knows, with that generation.</summary>
    IReadOnlyDictionary<InstanceId, long> NewerGenerations { get; }

    /// <summary>Takes these generations as known to the store from now on; those that agents have outrun again since stay.</summary>
    void ConfirmNewer(IReadOnlyDictionary<InstanceId, long> confirmed);

    /// <summary>The engine's last report of a cluster; null when there is none.</summary>
    ClusterObservation? Cluster(ClusterId id);

    /// <summary>What the loop leaves alone of a cluster, and why; empty for one that it has not looked at.</summary>
    ImmutableArray<HeldBack> Held(ClusterId id);
}
