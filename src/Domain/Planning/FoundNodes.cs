using System.Collections.Immutable;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>
/// Nodes that a cluster has and the store does not know: it is a copy from before they were added. Only what the engine itself lists at just that address is one: what a host says of its containers alone would give
/// every host of the fleet the secrets of every cluster. Pure.
/// </summary>
public static class FoundNodes
{
    private const int OrdinalsSinceMax = 64; // So many instances may a cluster have got since the copy.

    /// <summary>Those on one host, as they are to stand in the store.</summary>
    /// <param name="store">The store's id.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="host">The host.</param>
    /// <param name="seen">The host as it is seen.</param>
    /// <param name="engine">What the cluster's engine says, just now.</param>
    /// <param name="known">All instances that the store knows, wherever they are.</param>
    public static ImmutableArray<Instance> On(string store, Cluster cluster, Host host, HostObservation seen, ClusterObservation engine, IReadOnlySet<InstanceId> known) =>
    [
        .. seen.Containers.Values
            .Where(container => seen.IsCurrent && container.ControllerId == store && container.Owner == cluster.Ref && container.InstanceId is { } id && !known.Contains(id))
            .Select(container => Find(cluster, host, seen, engine, container)).OfType<Instance>(),
    ];

    private static Instance? Find(Cluster cluster, Host host, HostObservation seen, ClusterObservation engine, ContainerObservation container)
    {
        var id = container.InstanceId!.Value;
        var profile = KindProfile.All.Single(kind => kind.IsNode);
        var labels = container.Labels;
        if (labels is null || labels.Kind != profile.Word || !seen.Instances.TryGetValue(id, out var record) || record.Generation > Ticket.GenerationMax)
            return null;
        var ordinal = Enumerable.Range(1, cluster.NextOrdinal + OrdinalsSinceMax).FirstOrDefault(ordinal => InstanceId.Derive(cluster.Ref, profile.Kind, ordinal) == id);
        var subnet = seen.Objects.FirstOrDefault(network => network.Kind == Orphan.Type.Network && network.Owner == cluster.Ref)?.Subnet ?? "";
        var ports = labels.Ports;
        if (ordinal == 0 || subnet.Length == 0 || !profile.Ports.All(port => ports.ContainsKey(port.Name)))
            return null;
        if (!engine.Members.Any(member => member.Name == labels.Member && member.Address == Addresses.HostPort(host.ClusterAddress, ports[profile.Ports[0].Name])))
            return null;
        return new Instance
        {
            Id = id,
            Owner = cluster.Ref,
            HostId = host.Id,
            Kind = profile.Kind,
            Ordinal = ordinal,
            Member = labels.Member,
            ClusterAddress = host.ClusterAddress,
            ClientAddress = host.ClientAddress,
            Ports = ports,
            Subnet = subnet,
            Generation = record.Generation + 1,
            Initialised = true,
            Power = cluster.IsStopped ? InstancePower.Stopped : InstancePower.Running,
            Revision = cluster.Revision,
            ImageLabel = labels.ImageLabel,
            PlacementReason = "found on its host when an older copy of the store was put back",
        };
    }
}
