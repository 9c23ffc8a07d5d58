using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>How data leaves the trash for good. What is remembered of its cluster, and its secrets, stay exactly as long as some of its data does.</summary>
internal static class TrashRules
{
    /// <summary>Whether a leftover is data in the trash: a node's volume of a cluster that was deleted without a purge.</summary>
    public static bool IsKept(Cluster? cluster, Leftover leftover) =>
        leftover.Kind == LeftoverKind.Volume
        && cluster?.Trash is { PurgeAt: not null } trash
        && trash.Instances.Any(instance => instance.Profile.IsNode && instance.HostId == leftover.HostId && instance.DataVolume == leftover.Name);

    /// <summary>The data of a cluster that lies in the trash.</summary>
    public static IReadOnlyList<Leftover> KeptOf(IStoreReader reader, Cluster cluster) =>
        [.. reader.ListLeftovers().Where(leftover => leftover.Owner == cluster.Ref && IsKept(cluster, leftover))];

    /// <summary>
    /// Notes that a cluster's data is being removed, so that it is not brought back meanwhile. False when it is not to be removed any more: it was brought back since it was read.
    /// </summary>
    public static bool TryBeginPurge(IStoreWriter writer, ResourceRef owner)
    {
        if (writer.FindCluster(owner.ClusterId) is not { Lifecycle: ClusterLifecycle.Deleted, Trash: { } trash } cluster)
            return false;
        return trash.IsPurging || writer.UpdateCluster(cluster with { Trash = trash with { IsPurging = true } }, cluster.Generation);
    }

    /// <summary>Forgets what a cluster would come back from when the last of its data is gone, in the transaction that strikes that off.</summary>
    public static void EndIfGone(IStoreWriter writer, ResourceRef owner)
    {
        if (owner.Type != ResourceType.PostgresCluster || writer.FindCluster(owner.ClusterId) is not { Lifecycle: ClusterLifecycle.Deleted, Trash: not null } cluster)
            return;
        if (KeptOf(writer, cluster).Count > 0)
            return;
        writer.RemoveCredentials(owner);
        Invariant.Require(writer.UpdateCluster(cluster with { Trash = null }, cluster.Generation), "a cluster does not change within one transaction");
    }
}
