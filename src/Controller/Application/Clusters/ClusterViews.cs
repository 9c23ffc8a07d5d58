using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>Joins clusters of the store with what is observed of them.</summary>
internal sealed class ClusterViews(IFleetView fleet, TimeProvider timeProvider)
{
    /// <summary>One cluster.</summary>
    public ClusterView Of(IStoreReader store, Cluster cluster) =>
        Of(cluster, store.ListInstances(cluster.Ref), HostNames(store));

    /// <summary>Several clusters.</summary>
    public IReadOnlyList<ClusterView> Of(IStoreReader store, IReadOnlyList<Cluster> clusters)
    {
        var names = HostNames(store);
        return [.. clusters.Select(cluster => Of(cluster, store.ListInstances(cluster.Ref), names))];
    }

    private ClusterView Of(Cluster cluster, IReadOnlyList<Instance> instances, IReadOnlyDictionary<HostId, string> hostNames) =>
        new(cluster, ClusterStatusBuilder.Build(cluster, instances, hostNames, fleet.Hosts, fleet.Cluster(cluster.Id), fleet.Held(cluster.Id), timeProvider.GetUtcNow()));

    private static Dictionary<HostId, string> HostNames(IStoreReader store) => store.ListHosts(null).ToDictionary(host => host.Id, host => host.Name);
}
