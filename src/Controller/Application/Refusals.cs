using System.Collections.Immutable;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;
using Agents.Protocol;

namespace Agents.Controller.Application;

/// <summary>Every refusal there is, each with a sentence that says what to do.</summary>
internal static class Refusals
{
    /// <summary>Fields are wrong.</summary>
    public static RefusedException Invalid(IEnumerable<Violation> violations)
    {
        var all = violations.ToImmutableArray();
        return new RefusedException(new Refusal(
            ErrorReasons.InvalidArgument, $"the request is not valid: {string.Join("; ", all.Select(violation => $"{violation.Path}: {violation.Message}"))}", all, NoMetadata));
    }

    /// <summary>One field is wrong.</summary>
    public static RefusedException Invalid(string path, string message) => Invalid([new Violation(path, message)]);

    /// <summary>Throws when there are violations.</summary>
    public static void ThrowIfAny(IEnumerable<Violation> violations)
    {
        var all = violations.ToList();
        if (all.Count > 0)
            throw Invalid(all);
    }

    /// <summary>There is no such resource, or the caller may not see it.</summary>
    public static RefusedException NotFound(string kind, string id) => Because(ErrorReasons.NotFound, $"there is no {kind} \"{id}\"", ("id", id));

    /// <summary>The name is taken.</summary>
    public static RefusedException NameTaken(NameTakenException exception) =>
        Because(ErrorReasons.AlreadyExists, $"{exception.Message}: choose another name", ("name", exception.Name));

    /// <summary>The caller is limited to another project.</summary>
    public static RefusedException OtherProject(string project, string own) =>
        Because(ErrorReasons.PermissionDenied, $"the token is for project \"{own}\" alone, not for \"{project}\"", ("project", project));

    /// <summary>The resource changed since it was read.</summary>
    public static RefusedException EtagMismatch(string current) =>
        Because(ErrorReasons.EtagMismatch, "the resource has changed since it was read: read it again and repeat the change", ("etag", current));

    /// <summary>A replacement names no state to replace.</summary>
    public static RefusedException EtagMissing() =>
        Because(ErrorReasons.EtagMissing, "say which state is to be replaced: read the resource, and send its etag as If-Match");

    /// <summary>The request id was used for another request.</summary>
    public static RefusedException RequestIdReused(string requestId) =>
        Because(ErrorReasons.RequestIdReused, $"the request id \"{requestId}\" was used for another request: use a new one for each request", ("request_id", requestId));

    /// <summary>The host is there.</summary>
    public static RefusedException HostLinked(Host host) => Because(
        ErrorReasons.HostLinked,
        $"the host \"{host.Name}\" is linked, or was a moment ago: stop its agent and wait until it is disconnected, or revoke it (agentctl host revoke {host.Name})",
        ("host_id", host.Id.ToString()));

    /// <summary>The host carries instances, or data of deleted clusters that can come back.</summary>
    public static RefusedException HostInUse(Host host, IEnumerable<Instance> instances, IEnumerable<Cluster> trash) => Because(
        ErrorReasons.HostInUse,
        $"the host \"{host.Name}\" carries {string.Join(", ", instances.Select(instance => instance.Member).Concat(trash.Select(cluster => $"data of the deleted cluster {cluster.Name} ({cluster.Id}){(cluster.Trash?.Primary?.HostId == host.Id ? ", which its primary had: without it the cluster comes back only from a replica, by a person's word, and what that had not received is lost" : "")}")))}: where it is gone for good, name it once more and they go with it "
        + $"(agentctl host remove {host.Name} --force {host.Name})",
        ("host_id", host.Id.ToString()));

    /// <summary>The cluster is protected.</summary>
    public static RefusedException DeletionProtected(Cluster cluster) => Because(
        ErrorReasons.DeletionProtected,
        $"the cluster \"{cluster.Name}\" is protected from deletion: set spec.deletion_protection to false first (agentctl postgres cluster update {cluster.Name} --deletion-protection off)",
        ("cluster_id", cluster.Id.ToString()));

    /// <summary>Only deleted clusters had the name.</summary>
    public static RefusedException PurgedById(string name, IEnumerable<Cluster> deleted) => Invalid(
        "id",
        $"there is no cluster \"{name}\" any more, and what is deleted already is purged by its id alone: where its data is to go at once, say which ({string.Join("; ", deleted.Select(cluster => $"agentctl postgres cluster delete {cluster.Id} --purge, deleted {cluster.DeletedAt:u}"))})");

    /// <summary>The cluster lives.</summary>
    public static RefusedException NotDeleted(Cluster cluster) =>
        Because(ErrorReasons.NotInTrash, $"the cluster \"{cluster.Name}\" is not deleted: there is nothing to bring back", ("cluster_id", cluster.Id.ToString()));

    /// <summary>Nothing is kept of the cluster.</summary>
    public static RefusedException NothingInTrash(Cluster cluster) => Because(
        ErrorReasons.NotInTrash, $"nothing is kept of the cluster \"{cluster.Name}\": its data was removed, or is being removed now", ("cluster_id", cluster.Id.ToString()));

    /// <summary>Another cluster has the name now.</summary>
    public static RefusedException NameOfUndeletedTaken(Cluster cluster, string name) => Because(
        ErrorReasons.AlreadyExists,
        $"another cluster is named \"{name}\" now: say under which name this one is to come back (agentctl postgres cluster undelete {cluster.Id} --name NAME)",
        ("name", name),
        ("cluster_id", cluster.Id.ToString()));

    /// <summary>Something is missing that the cluster needs to come back.</summary>
    public static RefusedException CannotComeBack(string problem) => Because(ErrorReasons.NoPlacement, $"the cluster cannot come back now: {problem}");

    /// <summary>No primary is seen that could hand over.</summary>
    public static RefusedException NoPrimary(Cluster cluster) => Because(
        ErrorReasons.NoPrimary,
        $"no primary of the cluster \"{cluster.Name}\" is seen now: look at its status (agentctl postgres cluster get {cluster.Name}), and try again when it is writable",
        ("cluster_id", cluster.Id.ToString()));

    /// <summary>No replica can take the lead, or not the one that is asked for.</summary>
    public static RefusedException NoCandidate(Cluster cluster, string problem) => Because(
        ErrorReasons.NoCandidate, $"the lead of the cluster \"{cluster.Name}\" cannot be handed over now: {problem}", ("cluster_id", cluster.Id.ToString()));

    /// <summary>The cluster cannot do without those that would go.</summary>
    public static RefusedException NodesNeeded(Cluster cluster, string problem) =>
        Because(ErrorReasons.NodesNeeded, $"the cluster \"{cluster.Name}\" cannot do without these nodes now: {problem}", ("cluster_id", cluster.Id.ToString()));

    /// <summary>A cluster cannot do without what would go.</summary>
    public static RefusedException NodesNeeded(string problem) => Because(ErrorReasons.NodesNeeded, problem);

    /// <summary>What runs is not to be started.</summary>
    public static RefusedException NotStopped(Cluster cluster) => Because(
        ErrorReasons.NotStopped, $"the cluster \"{cluster.Name}\" is not stopped: it is kept running (agentctl postgres cluster get {cluster.Name})", ("cluster_id", cluster.Id.ToString()));

    /// <summary>Too many of the cluster's hosts are away for it to run.</summary>
    public static RefusedException HostsAway(Cluster cluster, IEnumerable<string> hosts) => Because(
        ErrorReasons.HostsAway, $"the cluster \"{cluster.Name}\" cannot run now: too many of its hosts are away ({string.Join(", ", hosts)}): try again when they are back", ("cluster_id", cluster.Id.ToString()));

    /// <summary>Another operation holds the cluster.</summary>
    public static RefusedException OperationInProgress(Cluster cluster, OperationId operation) => Because(
        ErrorReasons.OperationInProgress,
        cluster.Lifecycle == ClusterLifecycle.Creating
            ? $"the cluster \"{cluster.Name}\" is being created by operation {operation}: wait for its end, or cancel it, which takes away what it made"
            : $"operation {operation} holds the cluster \"{cluster.Name}\": wait for its end",
        ("operation_id", operation.ToString()),
        ("cluster_id", cluster.Id.ToString()));

    /// <summary>The operation does not obey a cancel any more.</summary>
    public static RefusedException NotCancellable(Operation operation) => Because(
        ErrorReasons.NotCancellable,
        operation.IsDone
            ? $"operation {operation.Id} has ended already"
            : $"operation {operation.Id} is past the point where it can be cancelled: wait for its end, then delete the cluster",
        ("operation_id", operation.Id.ToString()));

    /// <summary>No feasible placement.</summary>
    public static RefusedException NoPlacement(Placement placement)
    {
        var hosts = placement.Hosts.Where(host => !host.Feasible).Select(host => (Key: $"host.{host.Host}", Value: string.Join("; ", host.Reasons))).ToArray();
        var explanation = hosts.Length == 0 ? "" : $" ({string.Join("; ", placement.Hosts.Where(host => !host.Feasible).Select(host => $"{host.Host}: {string.Join(", ", host.Reasons)}"))})";
        return Because(ErrorReasons.NoPlacement, placement.Problem + explanation, hosts);
    }

    /// <summary>The store is older than the fleet.</summary>
    public static RefusedException ObserveOnly(int newerInstanceCount) => Because(
        ErrorReasons.ObserveOnly,
        $"the controller's store is older than the fleet ({Counted.Of(newerInstanceCount, "instance has", "instances have")} obeyed more than it knows of), so nothing is changed: put the newer store in its place, or, where there is none, confirm the restore (agentctl controller confirm-restore)",
        ("newer_instance_count", newerInstanceCount.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>No images to make containers from.</summary>
    public static RefusedException NoImageSet() => Because(
        ErrorReasons.ImageMissing, "the controller has no image set: build one (deploy/images/build) and start the controller with --images-directory");

    /// <summary>The cluster has no credentials yet.</summary>
    public static RefusedException NoCredentials(Cluster cluster) =>
        Because(ErrorReasons.NotFound, $"the cluster \"{cluster.Name}\" has no credentials yet: they are made in the first steps of its create", ("cluster_id", cluster.Id.ToString()));

    /// <summary>No or a wrong token.</summary>
    public static RefusedException Unauthenticated(string message) => Because(ErrorReasons.Unauthenticated, message);

    /// <summary>The caller's role is too low.</summary>
    public static RefusedException RoleTooLow(UserRole role, UserRole needed) => Because(
        ErrorReasons.PermissionDenied, $"this needs the role {Word(needed)}; the token has the role {Word(role)}", ("needed", Word(needed)), ("role", Word(role)));

    /// <summary>Users may not call it at all.</summary>
    public static RefusedException NotForUsers() => Because(ErrorReasons.PermissionDenied, "this method is not for users");

    private static ImmutableSortedDictionary<string, string> NoMetadata { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private static RefusedException Because(string reason, string message, params ReadOnlySpan<(string Key, string Value)> metadata)
    {
        var values = NoMetadata.ToBuilder();
        foreach (var (key, value) in metadata)
            values[key] = value;
        return new RefusedException(new Refusal(reason, message, [], values.ToImmutable()));
    }

    private static string Word(UserRole role) => role.ToString().ToLowerInvariant();
}
