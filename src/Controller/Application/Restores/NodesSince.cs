using System.Text.Json.Nodes;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Domain.Specs;

namespace Agents.Controller.Application.Restores;

/// <summary>
/// Takes over which nodes the clusters that live have, where a copy of the store is older than that: a node that it does not know votes, may confirm commits and may even lead, and no proxy would be told of it; one that was
/// taken out would be waited for for ever.
/// </summary>
/// <param name="fleet">What is seen.</param>
/// <param name="later">What agents have obeyed and the copy knows nothing of.</param>
/// <param name="origin">Who confirms.</param>
/// <param name="now">The time.</param>
internal sealed class NodesSince(IFleetView fleet, IReadOnlyCollection<LaterCommand> later, Origin origin, DateTimeOffset now)
{
    private readonly ILookup<HostId, string> _commanded = later.ToLookup(command => command.HostId, command => command.Ticket.SubjectId);

    /// <summary>Takes over those of one cluster. Returns the cluster, with as many nodes as it has. One that an operation of the copy holds is left to that, as are nodes on hosts that are not seen.</summary>
    public Cluster Take(IStoreWriter writer, Cluster cluster)
    {
        var nodes = writer.ListInstances(cluster.Ref).Where(instance => instance.Profile.IsNode).ToList();
        if (cluster.Lifecycle != ClusterLifecycle.Active || cluster.HeldBy is not null || nodes.Count == 0)
            return cluster;
        if (fleet.Cluster(cluster.Id) is not { EngineLeader: not null } seen || !seen.IsFresh(now))
            return cluster; // It may be stopped, or deleted, and then nobody can tell what was taken out of it.
        var gone = nodes.Where(node => _commanded[node.HostId].Contains(node.Id.ToString()) && IsGone(node)).ToList();
        var added = Find(writer, cluster, nodes[0], seen, gone);
        if (gone.Count + added.Count == 0 || nodes.Count + added.Count == gone.Count)
            return cluster; // All are gone where the cluster itself was deleted, which a person has to see.

        foreach (var node in gone)
            writer.RemoveInstance(node.Id);
        writer.AddInstances(added);
        AwaitedHosts.KeepNetworks(writer, cluster.Ref, added.Select(node => node.HostId).ToHashSet(), now);
        var payload = new JsonObject { ["name"] = cluster.Name, ["found"] = Names(added), ["gone"] = Names(gone) };
        writer.AddEvent(new NewEvent("postgres.cluster.nodes_taken_over", cluster.Project, cluster.Id.ToString(), origin, payload.ToJsonString(), now));
        var next = added.Select(node => node.Ordinal + 1).Append(cluster.NextOrdinal).Max();
        return SpecChange.WithNodes(cluster, nodes.Count + added.Count - gone.Count) with { NextOrdinal = next };
    }

    /// <summary>Those that the store does not know and has the place for: no other instance has its ports or its ordinal, and no other resource its network.</summary>
    private List<Instance> Find(IStoreReader reader, Cluster cluster, Instance sibling, ClusterObservation seen, List<Instance> gone)
    {
        var there = reader.ListInstances().Where(instance => !gone.Exists(node => node.Id == instance.Id)).ToList();
        var networks = reader.ListNetworks();
        var added = new List<Instance>();
        foreach (var node in reader.ListHosts(cluster.Project).SelectMany(host => FoundNodes.On(reader.Identity.StoreId, cluster, sibling, host, fleet.Host(host.Id), seen, _commanded[host.Id].ToHashSet(StringComparer.Ordinal))))
        {
            var isTaken = there.Concat(added).Concat(gone).Any(other => other.Id == node.Id || (other.Owner == node.Owner && other.Ordinal == node.Ordinal))
                || there.Concat(added).Any(other => other.HostId == node.HostId && other.Ports.Values.Intersect(node.Ports.Values).Any())
                || networks.Any(network => network.HostId == node.HostId && network.Subnet == node.Subnet != (network.Owner == node.Owner));
            if (!isTaken)
                added.Add(node);
        }

        return added;
    }

    /// <summary>
    /// Whether a node was taken out: its agent was told to forget it, or to keep it stopped, and neither its container nor its configuration is there any more, which nothing but a removal takes away. Its data may be.
    /// </summary>
    private bool IsGone(Instance node) =>
        fleet.Host(node.HostId) is { IsCurrent: true, IsTruncated: false } host && !host.Containers.ContainsKey(node.ContainerName) && !host.Volumes.Contains(node.ConfigVolume) && host.Instances.GetValueOrDefault(node.Id) is null or { Want: InstanceWant.Stopped };

    private static JsonArray Names(IEnumerable<Instance> nodes) => new([.. nodes.Select(node => JsonValue.Create(node.Member))]);
}
