using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>What the loops look after, as it was in one consistent state of the store. Immutable, and shared by all that read it.</summary>
/// <param name="Revision">The store's revision.</param>
/// <param name="Hosts">All hosts, by project and name.</param>
/// <param name="Clusters">The clusters that are not deleted, by project and name.</param>
/// <param name="InstancesOf">The instances by their owner, each owner's by kind and ordinal.</param>
internal sealed record StoreSnapshot(long Revision, IReadOnlyList<Host> Hosts, IReadOnlyList<Cluster> Clusters, ILookup<ResourceRef, Instance> InstancesOf)
{
    /// <summary>The names of the hosts.</summary>
    public IReadOnlyDictionary<HostId, string> HostNames { get; } = Hosts.ToDictionary(host => host.Id, host => host.Name);

    /// <summary>The instances by their host.</summary>
    public ILookup<HostId, Instance> InstancesOn { get; } = InstancesOf.SelectMany(instances => instances).ToLookup(instance => instance.HostId);
}
