using Agents.Controller.Execution.Engines;
using Agents.Controller.Observation;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>Asks the engine of a cluster how it is, and keeps the answer. Without one the last grows stale and stops counting.</summary>
internal sealed class ClusterObserver(EngineDrivers drivers, FleetView fleet)
{
    /// <summary>Asks, and keeps and returns the answer; null when nobody answers.</summary>
    public async Task<ClusterObservation?> ObserveAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        var observation = await drivers.Of(cluster).ObserveAsync(cluster, instances, cancellationToken);
        if (observation is not null)
            fleet.Report(observation);
        return observation;
    }

    /// <summary>Takes what the nodes told by themselves while the cluster is at rest, and asks all of them where it is not any more.</summary>
    public async Task<ClusterObservation?> ObserveAtRestAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        if (drivers.Of(cluster).ObserveAtRest(cluster, instances) is not { } observation)
            return await ObserveAsync(cluster, instances, cancellationToken);
        fleet.Report(observation);
        return observation;
    }
}
