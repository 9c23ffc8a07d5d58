using Agents.Controller.Stores;

namespace Agents.Controller.Application.Clusters;

/// <summary>Reads the clusters by project and name.</summary>
internal sealed class ListPostgresClustersHandler(IStore store, ClusterViews views)
{
    /// <summary>One page of them.</summary>
    public Task<Page<ClusterView>> HandleAsync(string project, Paging paging, Caller caller, CancellationToken cancellationToken) =>
        store.ReadAsync(
            reader =>
            {
                var page = paging.CutOrdered(reader.ListClusters(caller.FilterOf(project)), cluster => $"{cluster.Project}\0{cluster.Name}");
                return new Page<ClusterView>(views.Of(reader, page.Items), page.NextToken);
            },
            cancellationToken);
}
