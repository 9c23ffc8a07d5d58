using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Application.Clusters;

/// <summary>What is seen of a cluster that a verb is planned for.</summary>
internal static class VerbSight
{
    /// <summary>The plans that can be made of it.</summary>
    public static VerbPlans Of(IStoreReader reader, IFleetView fleet, Cluster cluster, DateTimeOffset now)
    {
        var instances = reader.ListInstances(cluster.Ref);
        var away = instances.Select(instance => instance.HostId).Distinct().Where(host => IsAway(fleet, host)).ToDictionary(host => host, host => reader.FindHost(host)?.Name ?? host.ToString());
        return new VerbPlans(cluster, instances, fleet.Cluster(cluster.Id) is { } report && report.IsFresh(now) ? report : null, away);
    }

    /// <summary>Whether nothing can be done on a host now.</summary>
    public static bool IsAway(IFleetView fleet, HostId host) => fleet.Host(host) is not { State: HostState.Ready, IsCurrent: true };
}
