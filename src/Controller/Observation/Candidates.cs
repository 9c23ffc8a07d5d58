using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;

namespace Agents.Controller.Observation;

/// <summary>
/// Makes the scheduler's view of the hosts out of the store, of what is observed and of what stood in the way of plans. Asked within the transaction that takes what is planned, it has
/// all that plans before it have taken.
/// </summary>
internal sealed class Candidates(IFleetView fleet, Strangers strangers)
{
    /// <summary>The hosts of a project, as if a resource had nothing on them yet: what it has is given back when it is planned anew.</summary>
    public IReadOnlyList<HostCandidate> Of(IStoreReader store, string project, ResourceRef planned)
    {
        var specs = store.ListClusters(null).ToDictionary(cluster => cluster.Ref, cluster => cluster.Effective);
        var instances = store.ListInstances().Where(instance => instance.Owner != planned).ToLookup(instance => instance.HostId);
        var subnets = store.ListNetworks().Where(network => network.Owner != planned).ToLookup(network => network.HostId, network => network.Subnet);
        return [.. store.ListHosts(project).Select(host => Of(host, [.. instances[host.Id]], subnets[host.Id], specs))];
    }

    private HostCandidate Of(Host host, IReadOnlyList<Instance> instances, IEnumerable<string> subnets, IReadOnlyDictionary<ResourceRef, EffectiveSpec> specs)
    {
        var observed = fleet.Host(host.Id);
        return new HostCandidate
        {
            Host = host,
            State = observed.State,
            StateReason = observed.StateReason,
            Facts = observed.Facts,
            ReservedMemoryBytes = instances.Sum(instance => specs.GetValueOrDefault(instance.Owner)?.MemoryOf(instance.Profile) ?? instance.Profile.MemoryBytes),
            ReservedDiskBytes = instances.Sum(instance => specs.GetValueOrDefault(instance.Owner)?.DiskOf(instance.Profile) ?? instance.Profile.DiskBytes),
            InstanceCount = instances.Count,
            UsedPorts = [.. instances.SelectMany(instance => instance.Ports.Values), .. strangers.PortsOf(host.Id)],
            UsedSubnets = [.. subnets, .. strangers.SubnetsOf(host.Id), .. observed.Facts?.UsedSubnets ?? []],
        };
    }
}
