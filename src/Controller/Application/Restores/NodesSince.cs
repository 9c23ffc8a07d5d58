using System.Collections.Immutable;
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
internal sealed class NodesSince(IFleetView fleet, Origin origin, DateTimeOffset now)
{
    /// <summary>Takes over those of one cluster.</summary>
    /// <param name="writer">The transaction.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="outrun">The instances of which agents have obeyed more than the copy knows.</param>
    /// <returns>The cluster, with as many nodes as it has.</returns>
    public Cluster Take(IStoreWriter writer, Cluster cluster, IReadOnlySet<string> outrun)
    {
        if (cluster.Lifecycle != ClusterLifecycle.Active || cluster.HeldBy is not null)
            return cluster;
        var nodes = writer.ListInstances(cluster.Ref).Where(instance => instance.Profile.IsNode).ToList();
        var found = fleet.Cluster(cluster.Id) is { } seen && seen.IsFresh(now) ? Find(writer, cluster, seen) : [];
        var gone = nodes.Where(node => outrun.Contains(node.Id.ToString()) && IsGone(node)).ToList();
        var there = writer.ListInstances().Where(instance => !gone.Exists(node => node.Id == instance.Id)).ToList();
        var added = found.Where(node => IsFree(there, node)).DistinctBy(node => node.HostId).ToList();
        if (gone.Count + added.Count == 0 || nodes.Count + added.Count == gone.Count)
            return cluster; // All are gone where the cluster itself was deleted, which a person has to see.

        foreach (var node in gone)
            writer.RemoveInstance(node.Id);
        writer.AddInstances(added);
        var payload = new JsonObject { ["name"] = cluster.Name, ["found"] = Names(added), ["gone"] = Names(gone) };
        writer.AddEvent(new NewEvent("postgres.cluster.nodes_taken_over", cluster.Project, cluster.Id.ToString(), origin, payload.ToJsonString(), now));
        return SpecChange.WithNodes(cluster, nodes.Count + added.Count - gone.Count);
    }

    private ImmutableArray<Instance> Find(IStoreReader reader, Cluster cluster, ClusterObservation seen)
    {
        var known = reader.ListInstances().Select(instance => instance.Id)
            .Concat(reader.ListTrash(null).SelectMany(deleted => deleted.Trash?.Instances ?? []).Select(instance => instance.Id))
            .Concat(reader.ListLeftovers().Select(leftover => leftover.InstanceId).OfType<InstanceId>()).ToHashSet();
        return [.. reader.ListHosts(cluster.Project).SelectMany(host => FoundNodes.On(reader.Identity.StoreId, cluster, host, fleet.Host(host.Id), seen, known)).OrderBy(node => node.Ordinal)];
    }

    /// <summary>Whether a node was taken out: its agent was told to forget it, or to keep it stopped, and its container is not there any more. Its data may be.</summary>
    private bool IsGone(Instance node) =>
        fleet.Host(node.HostId) is { IsCurrent: true, IsTruncated: false } host && !host.Containers.ContainsKey(node.ContainerName) && host.Instances.GetValueOrDefault(node.Id) is null or { Want: InstanceWant.Stopped };

    private static JsonArray Names(IEnumerable<Instance> nodes) => new([.. nodes.Select(node => JsonValue.Create(node.Member))]);

    /// <summary>Whether nothing else that the store knows has its ports there; the network it shares with the others of the cluster.</summary>
    private static bool IsFree(IEnumerable<Instance> there, Instance node) => there.Where(other => other.HostId == node.HostId)
        .All(other => other.Subnet == node.Subnet == (other.Owner == node.Owner) && !other.Ports.Values.Intersect(node.Ports.Values).Any());
}
