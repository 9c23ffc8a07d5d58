using System.Collections.Immutable;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;

namespace Agents.Domain.Planning;

/// <summary>
/// Nodes that a cluster has and the store does not know: it is a copy from before they were added. A host's word alone makes none: its agent has obeyed a command about just that instance, which bears the controller's own
/// mark, and the engine lists it at just that address. All else follows from its id, or is held against what the host may have. Pure.
/// </summary>
public static class FoundNodes
{
    /// <summary>So many instances may a cluster have got since a copy of the store.</summary>
    public const int OrdinalsSinceMax = 64;

    private const string Streaming = "streaming";

    private static readonly KindProfile _profile = KindProfile.All.Single(kind => kind.IsNode);

    /// <summary>Those on one host, as they are to stand in the store.</summary>
    /// <param name="store">The store's id.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="sibling">A node of the cluster that the store knows.</param>
    /// <param name="host">The host.</param>
    /// <param name="seen">The host as it is seen.</param>
    /// <param name="engine">What the cluster's engine says, just now.</param>
    /// <param name="commanded">The instances about which the host's agent has obeyed commands that the store knows nothing of.</param>
    public static ImmutableArray<Instance> On(string store, Cluster cluster, Instance sibling, Host host, HostObservation seen, ClusterObservation engine, IReadOnlySet<string> commanded) =>
    [
        .. seen.Containers.Values
            .Where(container => seen.IsCurrent && container.ControllerId == store && container.Owner == cluster.Ref && container.InstanceId is { } id && commanded.Contains(id.ToString()))
            .Select(container => Find(cluster, sibling, host, seen, engine, container)).OfType<Instance>(),
    ];

    /// <summary>The name of a node of a cluster, known to the store or not; empty where an id is none of them.</summary>
    public static string MemberOf(Cluster cluster, InstanceId id) => FindOrdinal(cluster, id) is > 0 and var ordinal ? _profile.MemberOf(cluster.Name, ordinal) : "";

    /// <summary>The next ordinal that a cluster can give out: above those of all nodes that the engine lists, known to the store or not.</summary>
    public static int NextOrdinalOf(Cluster cluster, ClusterObservation engine) => Enumerable.Range(cluster.NextOrdinal, OrdinalsSinceMax)
        .Where(ordinal => engine.Members.Any(member => member.Name == _profile.MemberOf(cluster.Name, ordinal))).Select(ordinal => ordinal + 1).LastOrDefault(cluster.NextOrdinal);

    private static int FindOrdinal(Cluster cluster, InstanceId id) =>
        Enumerable.Range(1, cluster.NextOrdinal + OrdinalsSinceMax).FirstOrDefault(ordinal => InstanceId.Derive(cluster.Ref, _profile.Kind, ordinal) == id);

    private static Instance? Find(Cluster cluster, Instance sibling, Host host, HostObservation seen, ClusterObservation engine, ContainerObservation container)
    {
        var id = container.InstanceId!.Value;
        var ordinal = FindOrdinal(cluster, id);
        var named = PortLabels.Parse(container.Ports);
        var ports = _profile.Ports.Where(port => named.ContainsKey(port.Name)).ToImmutableSortedDictionary(port => port.Name, port => named[port.Name], StringComparer.Ordinal);
        var subnet = seen.Objects.FirstOrDefault(network => network.Kind == Orphan.Type.Network && network.Owner == cluster.Ref)?.Subnet ?? "";
        if (ordinal == 0 || !seen.Instances.TryGetValue(id, out var record) || record.Generation > Ticket.GenerationMax || !SubnetPool.Contains(host.NetworkPool, subnet))
            return null;
        if (ports.Count != _profile.Ports.Length || ports.Values.Distinct().Count() != ports.Count || ports.Values.Any(port => port < host.PortFirst || port > host.PortLast))
            return null;
        var member = _profile.MemberOf(cluster.Name, ordinal);
        if (engine.Members.FirstOrDefault(listed => listed.Name == member && listed.Address == Addresses.HostPort(host.ClusterAddress, ports[_profile.Ports[0].Name])) is not { } listed)
            return null;
        return new Instance
        {
            Id = id,
            Owner = cluster.Ref,
            HostId = host.Id,
            Kind = _profile.Kind,
            Ordinal = ordinal,
            Member = member,
            ClusterAddress = host.ClusterAddress,
            ClientAddress = host.ClientAddress,
            Ports = ports,
            Subnet = subnet,
            Generation = record.Generation + 1,
            Initialised = listed.IsPrimary || listed.State == Streaming, // One that copies yet gets that noted when it streams.
            Power = cluster.IsStopped ? InstancePower.Stopped : InstancePower.Running,
            Revision = cluster.Revision,
            ImageLabel = sibling.ImageLabel,
            PlacementReason = "found on its host when an older copy of the store was put back",
        };
    }
}
