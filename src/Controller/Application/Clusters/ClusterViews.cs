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
        Of(store, [cluster])[0];

    /// <summary>Several clusters.</summary>
    public IReadOnlyList<ClusterView> Of(IStoreReader store, IReadOnlyList<Cluster> clusters)
    {
        var names = HostNames(store);
        return [.. clusters.Select(cluster => Of(cluster, store.ListInstances(cluster.Ref), names) with { Trash = TrashOf(store, cluster, names) })];
    }

    private ClusterView Of(Cluster cluster, IReadOnlyList<Instance> instances, IReadOnlyDictionary<HostId, string> hostNames) =>
        new(cluster, ClusterStatusBuilder.Build(cluster, instances, hostNames, fleet.Hosts, fleet.Cluster(cluster.Id), fleet.Held(cluster.Id), timeProvider.GetUtcNow()));

    private TrashView? TrashOf(IStoreReader store, Cluster cluster, IReadOnlyDictionary<HostId, string> hostNames)
    {
        if (cluster is not { Lifecycle: ClusterLifecycle.Deleted, Trash: { PurgeAt: { } purgeAt } trash })
            return null;
        var nodes = trash.Instances.ToDictionary(instance => instance.Id);
        return new TrashView(
            purgeAt,
            trash.Gone,
            [
                .. from leftover in TrashRules.KeptOf(store, cluster)
                   where leftover.InstanceId is { } id && nodes.ContainsKey(id)
                   let node = nodes[leftover.InstanceId!.Value]
                   orderby node.Ordinal
                   select new TrashView.Volume(
                       hostNames.GetValueOrDefault(leftover.HostId, leftover.HostId.ToString()), leftover.Name, node, trash.PositionOf(node.Id), fleet.TroubleOf(leftover.HostId, leftover.Name)),
            ]);
    }

    private static Dictionary<HostId, string> HostNames(IStoreReader store) => store.ListHosts(null).ToDictionary(host => host.Id, host => host.Name);
}
