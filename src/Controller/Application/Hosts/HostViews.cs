using Agents.Controller.Enrollment;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Health;

namespace Agents.Controller.Application.Hosts;

/// <summary>Joins hosts of the store with what is observed of them.</summary>
internal sealed class HostViews(IFleetView fleet, IEnrollmentStore enrollment)
{
    /// <summary>Several hosts.</summary>
    public IReadOnlyList<HostView> Of(IStoreReader store, IReadOnlyList<Host> hosts)
    {
        var counts = store.ListInstances().CountBy(instance => instance.HostId).ToDictionary();
        return [.. hosts.Select(host => Of(host, counts.GetValueOrDefault(host.Id)))];
    }

    /// <summary>One host.</summary>
    public HostView Of(IStoreReader store, Host host) => Of(store, [host])[0];

    /// <summary>Adds when the certificates of hosts expire.</summary>
    public Task<IReadOnlyList<HostView>> WithCertificatesAsync(IReadOnlyList<HostView> views, CancellationToken cancellationToken) => enrollment.ReadAsync<IReadOnlyList<HostView>>(
        reader => [.. views.Select(view => view with { CertificateNotAfter = reader.FindIdentity(view.Host.Id)?.LastNotAfter })],
        cancellationToken);

    private HostView Of(Host host, int instanceCount)
    {
        var observed = fleet.Host(host.Id);
        return new HostView { Host = host, Observed = observed, Warnings = [.. HostWarnings.Of(observed)], InstanceCount = instanceCount };
    }
}
