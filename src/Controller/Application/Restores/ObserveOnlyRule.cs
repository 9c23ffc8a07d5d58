using Agents.Controller.Observation;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Restores;

/// <summary>A store that is older than the fleet takes no change: the right one may yet be put in its place, and then the change would be lost.</summary>
internal static class ObserveOnlyRule
{
    /// <summary>Refuses while the whole store is older than the fleet.</summary>
    public static void Require(IFleetView fleet)
    {
        if (fleet.ObserveOnly)
            throw Refusals.ObserveOnly(fleet.LaterCommands.Count);
    }

    /// <summary>Refuses while the store, or what it says of this cluster, is older than the fleet.</summary>
    public static void Require(IFleetView fleet, ResourceRef owner)
    {
        if (fleet.IsObserveOnly(owner))
            throw Refusals.ObserveOnly(fleet.LaterCommands.Count);
    }
}
