using Agents.Controller.Enrollment;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Hosts;

/// <summary>Joins hosts of the store with what is observed of them.</summary>
internal sealed class HostViews(IFleetView fleet, IEnrollmentStore enrollment)
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
        var leftovers = store.ListLeftovers().Where(leftover => leftover.HostId == host.Id).ToList();
        return view with
        {
            Instances =
            [
                .. from instance in store.ListInstances()
                   where instance.HostId == host.Id
                   orderby instance.Member
                   select (clusters.TryGetValue(instance.Owner, out var cluster) ? cluster.Name : "", instance, ClusterStatusBuilder.ContainerStateOf(instance, fleet.Hosts)),
            ],
            Orphans = Orphan.Of(store.Identity.StoreId, view.Observed, clusters.Keys.ToHashSet(), leftovers.Select(leftover => (KindOf(leftover.Kind), leftover.Name)).ToHashSet()),
            Leftovers = [.. leftovers.Select(leftover => (leftover, fleet.TroubleOf(host.Id, leftover.Name)))],
        };
    }

    private static Orphan.Type KindOf(LeftoverKind kind) => kind switch
    {
        LeftoverKind.Instance => Orphan.Type.Container,
        LeftoverKind.Volume => Orphan.Type.Volume,
        LeftoverKind.Network => Orphan.Type.Network,
    };

    /// <summary>Adds when the certificates of hosts expire, and which were revoked.</summary>
    public Task<IReadOnlyList<HostView>> WithCertificatesAsync(IReadOnlyList<HostView> views, CancellationToken cancellationToken) => enrollment.ReadAsync<IReadOnlyList<HostView>>(
        reader => [.. views.Select(view => WithCertificate(view, reader.FindIdentity(view.Host.Id)))],
        cancellationToken);

    private static HostView WithCertificate(HostView view, HostIdentity? identity)
    {
        view = view with { CertificateNotAfter = identity?.LastNotAfter, RevokedAt = identity?.RevokedAt };
        if (view.RevokedAt is not { } revokedAt)
            return view;
        var held = view.ClusterNames.Length > 0 ? $", and it held secrets of {string.Join(", ", view.ClusterNames)}: rotate them" : "";
        return view with { Warnings = view.Warnings.Add($"its certificate was revoked at {revokedAt:u}{held}") };
    }

    private HostView Of(IStoreReader store, Host host, IReadOnlyList<Instance> instances)
    {
        var observed = fleet.Host(host.Id);
        return new HostView
        {
            Host = host,
            Observed = observed,
            Warnings = [.. HostWarnings.Of(observed)],
            InstanceCount = instances.Count,
            ClusterNames = [.. instances.Select(instance => instance.Owner).Distinct().Select(owner => store.FindCluster(new ClusterId(owner.Id))?.Name ?? owner.ToString()).Order(StringComparer.Ordinal)],
        };
    }
}
