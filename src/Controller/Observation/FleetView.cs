using System.Collections.Concurrent;
using System.Collections.Immutable;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Observation;

/// <summary>What is seen of the fleet, in memory: written by the watchers of the hosts and by the observation loop, read by everyone.</summary>
internal sealed class FleetView : IFleetView
{
    private readonly ConcurrentDictionary<HostId, HostObservation> _hosts = new();
    private readonly ConcurrentDictionary<ClusterId, ClusterObservation> _clusters = new();
    private readonly ConcurrentDictionary<ClusterId, ImmutableArray<HeldBack>> _held = new();
    private readonly ConcurrentDictionary<InstanceId, long> _newer = new();

    /// <inheritdoc/>
    public IReadOnlyDictionary<HostId, HostObservation> Hosts => _hosts;

    /// <inheritdoc/>
    public IReadOnlyDictionary<InstanceId, long> NewerGenerations => _newer;

    /// <inheritdoc/>
    public bool ObserveOnly => !_newer.IsEmpty;

    /// <inheritdoc/>
    public HostObservation Host(HostId id) => _hosts.TryGetValue(id, out var host) ? host : HostObservation.NeverHeard(id);

    /// <inheritdoc/>
    public ClusterObservation? Cluster(ClusterId id) => _clusters.GetValueOrDefault(id);

    /// <inheritdoc/>
    public ImmutableArray<HeldBack> Held(ClusterId id) => _held.TryGetValue(id, out var held) ? held : [];

    /// <summary>Keeps what a plan holds back, and what failed of that which it still means to do.</summary>
    public void NotePlan(ClusterId id, IReadOnlyCollection<Hold> planned, IReadOnlyCollection<string> acting, DateTimeOffset now) =>
        _held.AddOrUpdate(id, _ => HeldBack.AfterPlan([], planned, acting, now), (_, before) => HeldBack.AfterPlan(before, planned, acting, now));

    /// <summary>Keeps why something could not be done to a member; null when it was done.</summary>
    public void NoteAction(ClusterId id, string member, Hold? failure, DateTimeOffset now) =>
        _held.AddOrUpdate(id, _ => HeldBack.AfterAction([], member, failure, now), (_, before) => HeldBack.AfterAction(before, member, failure, now));

    /// <summary>Changes what is known of a host. Whether anything changed that a decision is made of: then the loops are to be woken.</summary>
    public bool Update(HostId id, Func<HostObservation, HostObservation> change)
    {
        while (true)
        {
            var known = _hosts.GetOrAdd(id, HostObservation.NeverHeard);
            var changed = change(known);
            if (_hosts.TryUpdate(id, changed, known))
                return !changed.IsJudgedAs(known);
        }
    }

    /// <summary>Keeps a cluster's report, unless a later one is known.</summary>
    public void Report(ClusterObservation observation) =>
        _clusters.AddOrUpdate(observation.ClusterId, observation, (_, known) => known.ObservedAt > observation.ObservedAt ? known : observation);

    /// <summary>Drops the reports of clusters that are no more.</summary>
    public void KeepClusters(IReadOnlyCollection<ClusterId> clusters)
    {
        foreach (var id in _clusters.Keys.Union(_held.Keys).Except(clusters).ToList())
        {
            _clusters.TryRemove(id, out _);
            _held.TryRemove(id, out _);
        }
    }

    /// <inheritdoc/>
    public void ConfirmNewer(IReadOnlyDictionary<InstanceId, long> confirmed)
    {
        foreach (var pair in confirmed)
            _newer.TryRemove(pair); // Only with this very generation.
    }

    /// <summary>An agent has obeyed a higher generation than the store knows: from now on nothing is changed.</summary>
    public void NoteNewer(InstanceId instance, long generation) => _newer.AddOrUpdate(instance, generation, (_, noted) => Math.Max(noted, generation));
}
