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

    /// <summary>What agents have obeyed and the store knows nothing of: it is older than the fleet, and nothing is changed until a person has confirmed it.</summary>
    IReadOnlyCollection<LaterCommand> LaterCommands { get; }

    /// <summary>Whether the whole store is older than the fleet.</summary>
    bool ObserveOnly { get; }

    /// <summary>Whether a cluster is only observed: the whole store, or what it says of this cluster, is older than the fleet.</summary>
    bool IsObserveOnly(ResourceRef owner);

    /// <summary>Takes these as known from now on; what agents have obeyed beyond them stays.</summary>
    void Confirm(IReadOnlyCollection<LaterCommand> confirmed);

    /// <summary>The engine's last report of a cluster; null when there is none.</summary>
    ClusterObservation? Cluster(ClusterId id);

    /// <summary>Who has led a cluster, by its engine's record; null where that was not read since the start.</summary>
    LeadHistory? History(ClusterId id);

    /// <summary>Why something that is to be removed from a host could not be yet; empty when it was not tried, or when that is not known.</summary>
    string TroubleOf(HostId host, string name);

    /// <summary>What the loop leaves alone of a cluster, and why; empty for one that it has not looked at.</summary>
    ImmutableArray<HeldBack> Held(ClusterId id);
}
