using Agents.Controller.Stores;

namespace Agents.Controller.Application.Clusters;

/// <summary>Reads one cluster.</summary>
internal sealed class GetPostgresClusterHandler(IStore store, ClusterViews views)
{
    /// <summary>The cluster by id or name; a deleted one by id.</summary>
    public Task<ClusterView> HandleAsync(string project, string idOrName, Caller caller, CancellationToken cancellationToken) =>
        store.ReadAsync(reader => views.Of(reader, ClusterLookup.GetWithTrash(reader, caller, project, idOrName)), cancellationToken);
}
