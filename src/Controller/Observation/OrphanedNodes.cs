using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Observation;

/// <summary>Says whether a container of a cluster that lives, and of none of its instances, may be taken away. Asked when a person wants it, and again right before it is done.</summary>
internal static class OrphanedNodes
{
    /// <summary>Why it may not, now; null where it may: it does not run, or its cluster has a primary of its own and, where commits wait for replicas, another that confirms them.</summary>
    /// <param name="reader">The store.</param>
    /// <param name="fleet">What is seen.</param>
    /// <param name="host">The host.</param>
    /// <param name="container">The container.</param>
    /// <param name="now">The time.</param>
    public static string? FindProblem(IStoreReader reader, IFleetView fleet, HostId host, string container, DateTimeOffset now)
    {
        if (fleet.Host(host).Containers.GetValueOrDefault(container) is not { State: ContainerState.Running, Owner: { Type: ResourceType.PostgresCluster } owner, InstanceId: { } id })
            return null;
        if (reader.FindCluster(owner.ClusterId) is not { Lifecycle: ClusterLifecycle.Active } cluster)
            return null;
        if (FoundNodes.MemberOf(cluster, id) is not { Length: > 0 } member)
            return $"{container} runs in {cluster.Name}, and is none of its nodes: it may be one of its coordinators, which vote. Stop it by hand when it is not (docker stop {container})";
        if (fleet.Cluster(cluster.Id) is not { Primary: { } primary } seen || !seen.IsFresh(now) || primary == member)
            return $"{member} runs, and none of the nodes that the controller knows of {cluster.Name} is seen to lead: hand the lead over to one of them first, with the engine's own tool in that container";
        var isDurable = cluster.Effective.Durability == Durability.Async || LeavingNodes.ConfirmingOf(seen, reader.ListInstances(owner).Where(node => node.Profile.IsNode)).Any();
        return isDurable ? null : $"{member} runs, and none of the nodes that the controller knows of {cluster.Name} confirms commits: they may hang on it";
    }
}
