using Agents.Controller.Execution;
using Agents.Controller.Observation;
using Agents.Controller.Stores;

namespace Agents.Controller.Loops;

/// <summary>
/// Asks the engine of every cluster how it is, through the agent of any live member, and keeps the answers. Clusters are asked at once, each with short limits, so that
/// one that does not answer delays no other; without an answer the last one grows stale and stops counting.
/// </summary>
internal sealed class ObservationLoop(IStore store, FleetView fleet, ClusterObserver observer) : ILoop
{
    /// <inheritdoc/>
    public string Name => "observation";

    /// <inheritdoc/>
    public TimeSpan Period => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var (clusters, instances) = await store.ReadAsync(
            reader => (reader.ListClusters(null), reader.ListInstances().ToLookup(instance => instance.Owner)), cancellationToken);
        fleet.KeepClusters([.. clusters.Select(cluster => cluster.Id)]);
        await Task.WhenAll(clusters.Select(cluster => observer.ObserveAsync(cluster, [.. instances[cluster.Ref]], cancellationToken)));
        return false;
    }
}
