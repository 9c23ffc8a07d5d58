using System.Collections.Immutable;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Hosts;

/// <summary>Joins hosts of the store with what is observed of them.</summary>
internal sealed class HostViews(IFleetView fleet)
{
    /// <summary>Several hosts.</summary>
    public IReadOnlyList<HostView> Of(IStoreReader store, IReadOnlyList<Host> hosts)
    {
        var instances = store.ListInstances().ToLookup(instance => instance.HostId);
        return [.. hosts.Select(host => Of(store, host, [.. instances[host.Id]]))];
    }

    /// <summary>One host, with all that is on it.</summary>
    public HostView Of(IStoreReader store, Host host)
    {
        var view = Of(store, [host])[0];
        var clusters = store.ListClusters(null).ToDictionary(cluster => cluster.Ref);
        var trash = store.ListTrash(null);
        var leftovers = store.ListLeftovers().Where(leftover => leftover.HostId == host.Id).ToList();
        // What is left of an instance here may be an orphan beside it; what is left of it elsewhere is not this host's.
        var instances = store.ListInstances().Select(instance => instance.Id)
            .Concat(trash.SelectMany(cluster => cluster.Trash?.Instances ?? []).Select(instance => instance.Id))
            .Concat(store.ListLeftovers().Where(leftover => leftover.HostId != host.Id).Select(leftover => leftover.InstanceId).OfType<InstanceId>());
        return view with
        {
            Instances =
            [
                .. from instance in store.ListInstances()
                   where instance.HostId == host.Id
                   orderby instance.Member
                   select (clusters.TryGetValue(instance.Owner, out var cluster) ? cluster.Name : "", instance, ClusterStatusBuilder.ContainerStateOf(instance, fleet.Hosts)),
            ],
            Orphans = Orphan.Of(
                store.Identity.StoreId, view.Observed, clusters.Keys.Concat(trash.Select(cluster => cluster.Ref)).ToHashSet(),
                clusters.Values.Where(cluster => cluster is { Lifecycle: ClusterLifecycle.Active, HeldBy: null }).Select(cluster => cluster.Ref).ToHashSet(), instances.ToHashSet(), leftovers.Select(leftover => (KindOf(leftover.Kind), leftover.Name)).ToHashSet()),
            Leftovers = [.. leftovers.Select(leftover => (leftover, fleet.TroubleOf(host.Id, leftover.Name)))],
        };
    }

    private static Orphan.Type KindOf(LeftoverKind kind) => kind switch
    {
        LeftoverKind.Instance => Orphan.Type.Container,
        LeftoverKind.Volume => Orphan.Type.Volume,
        LeftoverKind.Network => Orphan.Type.Network,
    };

    private HostView Of(IStoreReader store, Host host, IReadOnlyList<Instance> instances)
    {
        var observed = fleet.Host(host.Id);
        var identity = store.FindIdentity(host.Id);
        ImmutableArray<string> clusterNames =
            [.. instances.Select(instance => instance.Owner).Distinct().Select(owner => store.FindCluster(new ClusterId(owner.Id))?.Name ?? owner.ToString()).Order(StringComparer.Ordinal)];
        return new HostView
        {
            Host = host,
            Observed = observed,
            Warnings = [.. HostWarnings.Of(observed), .. RevocationOf(identity, clusterNames)],
            CertificateNotAfter = identity?.LastNotAfter,
            RevokedAt = identity?.RevokedAt,
            InstanceCount = instances.Count,
            ClusterNames = clusterNames,
        };
    }

    private static IEnumerable<string> RevocationOf(HostIdentity? identity, ImmutableArray<string> clusterNames)
    {
        if (identity?.RevokedAt is not { } revokedAt)
            yield break;
        var held = clusterNames.Length > 0 ? $", and it held secrets of {string.Join(", ", clusterNames)}: rotate them" : "";
        yield return $"its certificate was revoked at {revokedAt:u}{held}";
    }
}
