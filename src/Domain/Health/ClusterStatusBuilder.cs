using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>
/// Turns what was placed and what was observed into what is shown. A stale report counts as none: a status that lies is worse than one that says unknown.
/// </summary>
public static class ClusterStatusBuilder
{
    private static readonly string[] _roles = ["read_write", "read_only"];

    /// <summary>Builds the status.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="instances">Its instances.</param>
    /// <param name="hostNames">The names of the hosts.</param>
    /// <param name="hosts">The hosts as observed; one that is missing was never heard.</param>
    /// <param name="observation">The engine's last report; null when there is none.</param>
    /// <param name="now">The time.</param>
    public static ClusterStatus Build(
        Cluster cluster,
        IReadOnlyList<Instance> instances,
        IReadOnlyDictionary<HostId, string> hostNames,
        IReadOnlyDictionary<HostId, HostObservation> hosts,
        ClusterObservation? observation,
        DateTimeOffset now)
    {
        var fresh = observation is not null && now - observation.ObservedAt <= ClusterObservation.FreshFor ? observation : null;
        var nodes = instances.Where(instance => instance.Kind == InstanceKind.Postgres).Select(instance => NodeOf(instance, hostNames, hosts, fresh)).ToImmutableArray();
        var endpoints = EndpointsOf(instances);
        ImmutableArray<Condition> conditions = [WritableOf(fresh), ConvergedOf(cluster, fresh), DurableOf(cluster, fresh), ReachableOf(instances, hostNames, hosts)];

        return new ClusterStatus
        {
            Phase = PhaseOf(cluster, conditions),
            Conditions = conditions,
            Nodes = nodes,
            Instances = [.. instances.Where(instance => instance.Kind != InstanceKind.Postgres).Select(instance => InstanceOf(instance, hostNames, hosts))],
            Endpoints = endpoints,
            ConnectionString = ConnectionStrings.Uri(cluster.Effective, endpoints, password: null),
            ObservedAt = observation?.ObservedAt,
        };
    }

    /// <summary>The addresses and ports of the proxies.</summary>
    public static ImmutableArray<Endpoint> EndpointsOf(IReadOnlyList<Instance> instances) =>
    [
        .. from role in _roles
           from instance in instances
           where instance.Kind == InstanceKind.Haproxy && instance.Ports.ContainsKey(role)
           select new Endpoint(role, instance.ClientAddress, instance.Ports[role]),
    ];

    private static NodeStatus NodeOf(
        Instance instance, IReadOnlyDictionary<HostId, string> hostNames, IReadOnlyDictionary<HostId, HostObservation> hosts, ClusterObservation? fresh)
    {
        var member = fresh?.Members.FirstOrDefault(candidate => candidate.Name == instance.Member);
        return new NodeStatus
        {
            Instance = instance,
            Host = NameOf(instance.HostId, hostNames),
            Role = member is null ? "unknown" : member.IsPrimary ? "primary" : "replica",
            State = member?.State ?? ContainerStateOf(instance, hosts),
            LagBytes = member?.LagBytes,
            Lag = member?.Lag,
            Timeline = member?.Timeline ?? 0,
            SyncState = member?.SyncState ?? "",
        };
    }

    private static InstanceStatus InstanceOf(Instance instance, IReadOnlyDictionary<HostId, string> hostNames, IReadOnlyDictionary<HostId, HostObservation> hosts) =>
        new(instance, NameOf(instance.HostId, hostNames), ContainerStateOf(instance, hosts));

    private static string NameOf(HostId host, IReadOnlyDictionary<HostId, string> hostNames) => hostNames.TryGetValue(host, out var name) ? name : host.ToString();

    private static string ContainerStateOf(Instance instance, IReadOnlyDictionary<HostId, HostObservation> hosts)
    {
        if (!hosts.TryGetValue(instance.HostId, out var host) || !host.IsCurrent)
            return "unknown";
        if (!host.Containers.TryGetValue(instance.ContainerName, out var container))
            return "missing";
        return container.State switch
        {
            ContainerState.Created => "created",
            ContainerState.Running => "running",
            ContainerState.Paused => "paused",
            ContainerState.Restarting => "restarting",
            ContainerState.Removing => "removing",
            ContainerState.Exited => "exited",
            ContainerState.Dead => "dead",
            _ => "unknown",
        };
    }

    private static Condition WritableOf(ClusterObservation? fresh)
    {
        if (fresh is null)
            return NoSight("Writable");
        return fresh.PrimaryTakesWrites && fresh.Members.Any(member => member.IsPrimary)
            ? new Condition("Writable", true, "PrimaryLeads", $"{fresh.Members.First(member => member.IsPrimary).Name} is the primary and takes writes")
            : new Condition("Writable", false, "NoPrimary", "no primary takes writes");
    }

    private static Condition ConvergedOf(Cluster cluster, ClusterObservation? fresh)
    {
        if (fresh is null)
            return NoSight("Converged");

        var streaming = fresh.Members.Count(member => !member.IsPrimary && member.State == "streaming");
        var wanted = cluster.Effective.NodeCount - 1;
        return fresh.IsConverged(cluster.Effective.NodeCount)
            ? new Condition("Converged", true, "AllStreaming", $"{streaming} of {wanted} replicas stream")
            : new Condition("Converged", false, "ReplicasMissing", $"{streaming} of {wanted} replicas stream");
    }

    /// <summary>Whether a commit waits for a replica, where that was asked for. Only the primary knows.</summary>
    private static Condition DurableOf(Cluster cluster, ClusterObservation? fresh)
    {
        var asked = cluster.Effective.Durability.ToString().ToLowerInvariant();
        if (cluster.Effective.Durability == Durability.Async)
            return new Condition("Durable", true, "NotAsked", "durability async: a commit waits for no replica");
        if (fresh is null || !fresh.PrimaryTakesWrites)
            return NoSight("Durable");

        var confirming = fresh.Members.Where(member => !member.IsPrimary && DurabilityRules.Confirms(member.State, member.SyncState)).Select(member => member.Name).Order(StringComparer.Ordinal).ToList();
        return confirming.Count > 0
            ? new Condition("Durable", true, "ReplicasConfirm", $"durability {asked}: a commit waits for one of {string.Join(", ", confirming)}")
            : new Condition("Durable", false, "NoReplicaConfirms", $"durability {asked}: no replica confirms commits now{(cluster.Effective.Durability == Durability.Strict ? "; they wait" : ", so they survive the primary's disk alone")}");
    }

    private static Condition NoSight(string type) => new(type, null, "NoSight", "no member of the cluster has answered in the last seconds");

    private static Condition ReachableOf(IReadOnlyList<Instance> instances, IReadOnlyDictionary<HostId, string> hostNames, IReadOnlyDictionary<HostId, HostObservation> hosts)
    {
        var away = instances.Select(instance => instance.HostId).Distinct()
            .Where(id => !hosts.TryGetValue(id, out var host) || host.State != HostState.Ready)
            .Select(id => NameOf(id, hostNames))
            .Order(StringComparer.Ordinal)
            .ToList();
        return away.Count == 0
            ? new Condition("HostsReachable", true, "AllReady", "all hosts of the cluster are ready")
            : new Condition("HostsReachable", false, "HostsAway", $"not ready: {string.Join(", ", away)}");
    }

    private static string PhaseOf(Cluster cluster, ImmutableArray<Condition> conditions) => cluster.Lifecycle switch
    {
        ClusterLifecycle.Creating => "creating",
        ClusterLifecycle.Deleting or ClusterLifecycle.Deleted => "deleting",
        _ => conditions[0].Status switch
        {
            true when conditions.All(condition => condition.Status == true) => "running",
            true => "degraded",
            false => "unavailable",
            null => "unknown",
        },
    };
}
