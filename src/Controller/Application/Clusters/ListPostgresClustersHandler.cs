using Agents.Controller.Stores;

namespace Agents.Controller.Application.Clusters;

/// <summary>Reads the clusters by project and name.</summary>
internal sealed class ListPostgresClustersHandler(IStore store, ClusterViews views)
{
    /// <summary>One page of them, or of those that were deleted and can come back.</summary>
    public Task<Page<ClusterView>> HandleAsync(string project, bool deleted, Paging paging, Caller caller, CancellationToken cancellationToken) =>
        store.ReadAsync(
            reader =>
            {
                var page = deleted
                    ? paging.CutOrdered(reader.ListTrash(caller.FilterOf(project)), cluster => $"{cluster.Project}\0{cluster.Name}\0{cluster.Id}")
                    : paging.CutOrdered(reader.ListClusters(caller.FilterOf(project)), cluster => $"{cluster.Project}\0{cluster.Name}");
                return new Page<ClusterView>(views.Of(reader, page.Items), page.NextToken);
            },
            cancellationToken);
}
