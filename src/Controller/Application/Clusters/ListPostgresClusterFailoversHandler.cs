using System.Diagnostics.CodeAnalysis;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Application.Clusters;

/// <summary>Reads who has led a cluster, and why.</summary>
internal sealed class ListPostgresClusterFailoversHandler(IStore store, IFleetView fleet)
{
    /// <summary>As many of a cluster's last operations are looked through.</summary>
    private const int OperationsMax = 1000;

    /// <summary>Of the cluster by id or name; of a deleted one by id.</summary>
    public Task<ClusterFailovers> HandleAsync(string project, string idOrName, Caller caller, CancellationToken cancellationToken) => store.ReadAsync(
        reader =>
        {
            var cluster = ClusterLookup.GetWithTrash(reader, caller, project, idOrName);
            var history = fleet.History(cluster.Id);
            var entries = FailoverHistory.Of(cluster, history, reader.ListOperations(new OperationFilter(null, cluster.Id.Value, null, OperationsMax)), reader.ListInstances(cluster.Ref));
            return new ClusterFailovers(entries, IsKnown(cluster, history) ? history.ReadAt : null);
        },
        cancellationToken);

    /// <summary>Whether the record goes as far as what is seen.</summary>
    private bool IsKnown(Cluster cluster, [NotNullWhen(true)] LeadHistory? history) =>
        history is { IsComplete: true } && (fleet.Cluster(cluster.Id) is not { Timeline: > 0 } seen || seen.Timeline == history.Timeline);
}
