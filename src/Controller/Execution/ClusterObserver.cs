using Agents.Controller.Execution.Engines;
using Agents.Controller.Observation;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>Asks the engine of a cluster how it is, and who has led it, keeps the answers, and has the proxies told. Without one the last grows stale and stops counting.</summary>
internal sealed class ClusterObserver(EngineDrivers drivers, FleetView fleet, ProxyTeller proxies, TimeProvider timeProvider)
{
    /// <summary>How long a look may take whose answers are news for proxies: some of them are as old.</summary>
    private static readonly TimeSpan _newsFor = TimeSpan.FromSeconds(1);

    /// <summary>Asks, and keeps and returns the answer; null when nobody answers.</summary>
    public async Task<ClusterObservation?> ObserveAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        var beganAt = timeProvider.GetTimestamp();
        var observation = await drivers.Of(cluster).ObserveAsync(cluster, instances, cancellationToken);
        return observation is null ? null : Keep(cluster, instances, observation, isNews: timeProvider.GetElapsedTime(beganAt) <= _newsFor);
    }

    /// <summary>Takes what the nodes told by themselves while the cluster is at rest, and asks all of them where it is not any more.</summary>
    public async Task<ClusterObservation?> ObserveAtRestAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        return drivers.Of(cluster).ObserveAtRest(cluster, instances) is { } observation ? Keep(cluster, instances, observation, isNews: true) : await ObserveAsync(cluster, instances, cancellationToken);
    }

    /// <summary>Whether who has led the cluster is to be read: it is not known, or not up to the timeline that is seen.</summary>
    public bool IsHistoryMissing(ClusterObservation observation) =>
        observation.Timeline > 0 && !(fleet.History(observation.ClusterId) is { IsComplete: true } known && known.Timeline == observation.Timeline);

    /// <summary>Reads who has led the cluster; on the first timeline nobody else has. Whatever comes of it, the next try is the caller's.</summary>
    public async Task NoteHistoryAsync(Cluster cluster, IReadOnlyList<Instance> instances, ClusterObservation observation, CancellationToken cancellationToken)
    {
        if ((observation.Timeline == 1 ? [] : await drivers.Of(cluster).FindHistoryAsync(cluster, instances, observation.Timeline, cancellationToken)) is { } changes)
            fleet.NoteHistory(cluster.Id, new LeadHistory(changes, timeProvider.GetUtcNow(), observation.Timeline));
    }

    /// <summary>Has the engine look at its cluster by itself.</summary>
    public Task WakeAsync(Cluster cluster, Instance primary, CancellationToken cancellationToken) => drivers.Of(cluster).WakeAsync(cluster, primary, cancellationToken);

    private ClusterObservation Keep(Cluster cluster, IReadOnlyList<Instance> instances, ClusterObservation observation, bool isNews)
    {
        fleet.Report(observation);
        if (isNews)
            proxies.Tell(cluster, instances, observation);
        return observation;
    }
}
