using System.Collections.Concurrent;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Observation;

/// <summary>What is seen of the fleet, in memory: written by the watchers of the hosts and by the observation loop, read by everyone.</summary>
internal sealed class FleetView : IFleetView
{
    private readonly ConcurrentDictionary<HostId, HostObservation> _hosts = new();
    private readonly ConcurrentDictionary<ClusterId, ClusterObservation> _clusters = new();
    private volatile bool _observeOnly;

    /// <inheritdoc/>
    public IReadOnlyDictionary<HostId, HostObservation> Hosts => _hosts;

    /// <inheritdoc/>
    public bool ObserveOnly => _observeOnly;

    /// <inheritdoc/>
    public HostObservation Host(HostId id) => _hosts.TryGetValue(id, out var host) ? host : HostObservation.NeverHeard(id);

    /// <inheritdoc/>
    public ClusterObservation? Cluster(ClusterId id) => _clusters.GetValueOrDefault(id);

    /// <summary>Changes what is known of a host.</summary>
    public void Update(HostId id, Func<HostObservation, HostObservation> change) =>
        _hosts.AddOrUpdate(id, key => change(HostObservation.NeverHeard(key)), (_, host) => change(host));

    /// <summary>Keeps a cluster's report.</summary>
    public void Report(ClusterObservation observation) => _clusters[observation.ClusterId] = observation;

    /// <summary>Drops the reports of clusters that are no more.</summary>
    public void KeepClusters(IReadOnlyCollection<ClusterId> clusters)
    {
        foreach (var id in _clusters.Keys.Except(clusters).ToList())
            _clusters.TryRemove(id, out _);
    }

    /// <summary>From now on nothing is changed: the store is older than the fleet.</summary>
    public void BeginObserveOnly() => _observeOnly = true;
}
