using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Application.Clusters;

/// <summary>Finds the cluster that a request names by id or by project and name. What the caller may not see is not there.</summary>
internal static class ClusterLookup
{
    /// <summary>The cluster. Refused when there is none.</summary>
    public static Cluster Get(IStoreReader store, Caller caller, string project, string idOrName)
    {
        var cluster = ClusterId.TryParse(idOrName, out var id)
            ? store.FindCluster(id)
            : store.FindCluster(caller.ProjectOf(project), idOrName);
        return cluster is { Lifecycle: not ClusterLifecycle.Deleted } && caller.MaySee(cluster.Project) ? cluster : throw Refusals.NotFound("cluster", idOrName);
    }

    /// <summary>The cluster by id even when it is deleted, as long as it can come back.</summary>
    public static Cluster GetWithTrash(IStoreReader store, Caller caller, string project, string idOrName) =>
        ClusterId.TryParse(idOrName, out var id) && store.FindCluster(id) is { Lifecycle: ClusterLifecycle.Deleted, Trash: not null } cluster && caller.MaySee(cluster.Project)
            ? cluster
            : Get(store, caller, project, idOrName);

    /// <summary>
    /// The cluster, or by its id alone a deleted one that has data in the trash: a request by name that is repeated, as one whose answer was lost, would else take the data of an older cluster of the name.
    /// </summary>
    public static Cluster GetToPurge(IStoreReader store, Caller caller, string project, string idOrName)
    {
        if (ClusterId.TryParse(idOrName, out var id))
            return store.FindCluster(id) is { Lifecycle: ClusterLifecycle.Deleted, Trash: not null } ? GetDeleted(store, caller, project, idOrName) : Get(store, caller, project, idOrName);
        var older = store.FindCluster(caller.ProjectOf(project), idOrName) is null ? store.ListTrash(caller.ProjectOf(project)).Where(cluster => cluster.Name == idOrName).ToList() : [];
        return older.Count == 0 ? Get(store, caller, project, idOrName) : throw Refusals.PurgedById(idOrName, older);
    }

    /// <summary>The deleted cluster, by id, or by name where only one had it. Refused when there is none.</summary>
    public static Cluster GetDeleted(IStoreReader store, Caller caller, string project, string idOrName)
    {
        if (ClusterId.TryParse(idOrName, out var id))
        {
            var cluster = store.FindCluster(id) is { } found && caller.MaySee(found.Project) ? found : throw Refusals.NotFound("cluster", idOrName);
            if (cluster.HeldBy is { } holder)
                throw Refusals.OperationInProgress(cluster, holder);
            return cluster.Lifecycle == ClusterLifecycle.Deleted ? cluster : throw Refusals.NotDeleted(cluster);
        }

        return store.ListTrash(caller.ProjectOf(project)).Where(cluster => cluster.Name == idOrName).ToList() switch
        {
            [var only] => only,
            [] => throw (store.FindCluster(caller.ProjectOf(project), idOrName) is { } living
                ? living.HeldBy is { } operation ? Refusals.OperationInProgress(living, operation) : Refusals.NotDeleted(living)
                : Refusals.NotFound("deleted cluster", idOrName)),
            var several => throw Refusals.Invalid("id", $"{several.Count} deleted clusters had the name \"{idOrName}\": say the id ({string.Join(", ", several.Select(cluster => cluster.Id))})"),
        };
    }
}
