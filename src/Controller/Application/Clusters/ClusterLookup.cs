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
}
