using System.Collections.Immutable;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;

namespace Agents.Controller.Observation;

/// <summary>Makes the scheduler's view of the hosts out of the store and of what is observed.</summary>
internal static class Candidates
{
    /// <summary>The hosts of a project. Ports that containers of unknown origin hold are found later, by the probe.</summary>
    public static IReadOnlyList<HostCandidate> Of(IStoreReader store, IFleetView fleet, string project)
    {
        var specs = store.ListClusters(null).ToDictionary(cluster => cluster.Ref, cluster => cluster.Effective);
        var instances = store.ListInstances().ToLookup(instance => instance.HostId);
        var subnets = store.ListNetworks().ToLookup(network => network.HostId, network => network.Subnet);
        return [.. store.ListHosts(project).Select(host => Of(host, fleet, [.. instances[host.Id]], [.. subnets[host.Id]], specs))];
    }

    private static HostCandidate Of(
        Host host, IFleetView fleet, IReadOnlyList<Instance> instances, ImmutableHashSet<string> usedSubnets, IReadOnlyDictionary<ResourceRef, EffectiveSpec> specs)
    {
        var observed = fleet.Host(host.Id);
        return new HostCandidate
        {
            Host = host,
            State = observed.State,
            StateReason = observed.StateReason,
            Facts = observed.Facts,
            ReservedMemoryBytes = instances.Where(instance => instance.Profile.IsNode).Sum(instance => specs.TryGetValue(instance.Owner, out var spec) ? spec.MemoryBytes : 0),
            InstanceCount = instances.Count,
            UsedPorts = [.. instances.SelectMany(instance => instance.Ports.Values)],
            UsedSubnets = usedSubnets.Union(observed.Facts?.UsedSubnets ?? []),
        };
    }
}
