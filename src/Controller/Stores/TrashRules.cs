using System.Text.Json.Nodes;
using Agents.Domain.Model;

namespace Agents.Controller.Stores;

/// <summary>How data leaves the trash for good. What is remembered of its cluster, and its secrets, stay exactly as long as some of its data does.</summary>
internal static class TrashRules
{
    /// <summary>How long data stays in the trash.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromDays(7);

    /// <summary>Whether a leftover is data in the trash: a node's volume of a cluster that was deleted without a purge.</summary>
    public static bool IsKept(Cluster? cluster, Leftover leftover) =>
        leftover.Kind == LeftoverKind.Volume
        && cluster?.Trash is { PurgeAt: not null } trash
        && trash.Instances.Any(instance => instance.Profile.IsNode && instance.HostId == leftover.HostId && instance.DataVolume == leftover.Name);

    /// <summary>Whether a leftover goes when the days of its cluster's trash are over, and not before: its data, and what was held back with that.</summary>
    public static bool GoesWithTrash(Cluster? cluster, Leftover leftover) => IsKept(cluster, leftover) || (cluster?.Trash?.PurgeAt is { } purgeAt && leftover.NotBefore == purgeAt);

    /// <summary>The data of a cluster that lies in the trash.</summary>
    public static IReadOnlyList<Leftover> KeptOf(IStoreReader reader, Cluster cluster) =>
        [.. reader.ListLeftovers().Where(leftover => leftover.Owner == cluster.Ref && IsKept(cluster, leftover))];

    /// <summary>Whether the days of what is kept of a cluster have yet to begin.</summary>
    public static bool AwaitsItsDays(Cluster cluster) => cluster.Trash is { PurgeAt: not null, IsCounted: false, IsPurging: false, Gone: "" };

    /// <summary>Begins the days of what is kept of a cluster. False where they have begun, or it is back.</summary>
    public static bool TryBeginDays(IStoreWriter writer, ResourceRef owner, DateTimeOffset purgeAt)
    {
        if (writer.FindCluster(owner.ClusterId) is not { Lifecycle: ClusterLifecycle.Deleted, Trash: { } trash } cluster || !AwaitsItsDays(cluster))
            return false;
        HoldUntil(writer, cluster, purgeAt);
        return writer.UpdateCluster(cluster with { Trash = trash with { PurgeAt = purgeAt, IsCounted = true, RunTime = TimeSpan.Zero } }, cluster.Generation);
    }

    /// <summary>Adds to the days of all that lies in the trash what a controller has run.</summary>
    public static bool AddRunTime(IStoreWriter writer, TimeSpan time)
    {
        foreach (var cluster in writer.ListTrash(null).Where(cluster => cluster.Trash is { IsCounted: true, IsPurging: false, Gone: "" }))
        {
            var trash = cluster.Trash!;
            writer.UpdateCluster(cluster with { Trash = trash with { RunTime = trash.RunTime < Time ? trash.RunTime + time : trash.RunTime } }, cluster.Generation);
        }

        return true;
    }

    /// <summary>Has a deleted cluster's data be removed now, for an operation that holds the cluster meanwhile and ends with the last of it.</summary>
    public static void BeginPurge(IStoreWriter writer, Cluster cluster, OperationId operation, DateTimeOffset now)
    {
        var trash = Invariant.NotNull(cluster.Trash, "a cluster whose trash is emptied has some");
        HoldUntil(writer, cluster, now);
        foreach (var leftover in KeptOf(writer, cluster))
            writer.UpdateLeftover(leftover with { OperationId = operation });
        var purging = cluster.TakenBy(operation) with
        {
            Generation = cluster.Generation + 1,
            Trash = trash.Gone.Length > 0 ? null : trash with { PurgeAt = now, IsPurging = true, IsPurgeAsked = true },
        };
        Invariant.Require(writer.UpdateCluster(purging, cluster.Generation), "a cluster does not change within one transaction");
    }

    /// <summary>
    /// Notes that a cluster's data is being removed, so that it is not brought back meanwhile. False when it is not to be removed any more: it was brought back since it was read.
    /// </summary>
    public static bool TryBeginPurge(IStoreWriter writer, ResourceRef owner)
    {
        if (writer.FindCluster(owner.ClusterId) is not { Lifecycle: ClusterLifecycle.Deleted, Trash: { } trash } cluster)
            return false;
        return trash.IsPurging || writer.UpdateCluster(cluster with { Trash = trash with { IsPurging = true } }, cluster.Generation);
    }

    /// <summary>The deleted cluster with days that have yet to begin anew.</summary>
    public static Cluster Anew(Cluster cluster, DateTimeOffset now) => cluster with { Trash = cluster.Trash! with { PurgeAt = now + Time, IsCounted = false, IsPurging = false } };

    /// <summary>
    /// Takes a purge back that an agent has refused because the data is in use, while nothing has gone yet and no person has asked for it: the cluster may live, and can be brought back.
    /// </summary>
    public static bool TakeBackPurge(IStoreWriter writer, ResourceRef owner, DateTimeOffset now)
    {
        if (writer.FindCluster(owner.ClusterId) is not { Lifecycle: ClusterLifecycle.Deleted, Trash: { IsPurging: true, IsPurgeAsked: false } trash } cluster)
            return false;
        var kept = KeptOf(writer, cluster).Select(leftover => leftover.Name).ToHashSet(StringComparer.Ordinal);
        if (trash.Members.Any(node => writer.FindHost(node.HostId) is not null && !kept.Contains(node.DataVolume)))
            return false;
        HoldUntil(writer, cluster, now + Time);
        return writer.UpdateCluster(Anew(cluster, now), cluster.Generation);
    }

    /// <summary>Forgets what a cluster would come back from when the last of its data is gone, with its event, in the transaction that strikes that off.</summary>
    public static void EndIfGone(IStoreWriter writer, ResourceRef owner, DateTimeOffset now) => EndIfGone(writer, owner, null, "postgres.cluster.purged", Origin.System, now);

    /// <summary>The same where the data was lost with a host: then people can still read why there is none.</summary>
    public static void EndIfLost(IStoreWriter writer, ResourceRef owner, Host host, Origin origin, DateTimeOffset now) =>
        EndIfGone(writer, owner, $"the last of its data went with host {host.Name}, which was removed", "postgres.cluster.data_lost", origin, now);

    private static void EndIfGone(IStoreWriter writer, ResourceRef owner, string? gone, string kind, Origin origin, DateTimeOffset now)
    {
        if (owner.Type != ResourceType.PostgresCluster || writer.FindCluster(owner.ClusterId) is not { Lifecycle: ClusterLifecycle.Deleted, Trash: { Gone: "" } trash } cluster)
            return;
        if (KeptOf(writer, cluster).Count > 0)
            return;
        writer.RemoveCredentials(owner);
        var ended = cluster with { Trash = gone is null || trash.IsPurging ? null : trash with { Gone = gone } };
        Invariant.Require(writer.UpdateCluster(ended, cluster.Generation), "a cluster does not change within one transaction");
        var payload = new JsonObject { ["name"] = cluster.Name };
        if (gone is not null)
            payload["reason"] = gone;
        writer.AddEvent(new NewEvent(kind, cluster.Project, cluster.Id.ToString(), origin, payload.ToJsonString(), now));
    }

    private static void HoldUntil(IStoreWriter writer, Cluster cluster, DateTimeOffset purgeAt)
    {
        foreach (var leftover in writer.ListLeftovers().Where(leftover => leftover.Owner == cluster.Ref && GoesWithTrash(cluster, leftover)))
            writer.UpdateLeftover(leftover with { NotBefore = purgeAt });
    }
}
