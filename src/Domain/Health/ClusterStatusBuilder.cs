using System.Collections.Immutable;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>
/// Turns what was placed and what was observed into what is shown. A stale report counts as none: a status that lies is worse than one that says unknown.
/// </summary>
public static class ClusterStatusBuilder
{
    private static readonly string[] _roles = [KindProfile.ReadWritePort, KindProfile.ReadOnlyPort];

    /// <summary>Builds the status.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="instances">Its instances.</param>
    /// <param name="hostNames">The names of the hosts.</param>
    /// <param name="hosts">The hosts as observed; one that is missing was never heard.</param>
    /// <param name="observation">The engine's last report; null when there is none.</param>
    /// <param name="held">What the loop leaves alone.</param>
    /// <param name="now">The time.</param>
    public static ClusterStatus Build(
        Cluster cluster,
        IReadOnlyList<Instance> instances,
        IReadOnlyDictionary<HostId, string> hostNames,
        IReadOnlyDictionary<HostId, HostObservation> hosts,
        ClusterObservation? observation,
        ImmutableArray<HeldBack> held,
        DateTimeOffset now)
    {
        // What the nodes said before all of them were seen to be down holds no more.
        var fresh = observation?.IsFresh(now) == true && !instances.Where(instance => instance.Profile.IsNode).All(node => IsDown(node, hosts)) ? observation : null;
        var nodes = instances.Where(instance => instance.Profile.IsNode).Select(instance => NodeOf(instance, hostNames, hosts, fresh)).ToImmutableArray();
        var endpoints = EndpointsOf(instances);
        var conditions = new ClusterConditions(cluster, instances, hostNames, hosts, fresh).All();

        return new ClusterStatus
        {
            Phase = PhaseOf(cluster, instances, hosts, conditions),
            Conditions = conditions,
            Nodes = nodes,
            Instances = [.. instances.Where(instance => !instance.Profile.IsNode).Select(instance => InstanceOf(instance, hostNames, hosts))],
            Endpoints = endpoints,
            ConnectionString = ConnectionStrings.Uri(cluster.Effective, endpoints, password: null),
            ObservedAt = observation?.ObservedAt,
            // The loop's word for what holds the cluster is older than the cluster's own.
            Held = [.. held.Where(left => left.Hold.Reason != Hold.OperationInProgress || cluster.HeldBy is not null)],
        };
    }

    /// <summary>The addresses and ports of the proxies.</summary>
    public static ImmutableArray<Endpoint> EndpointsOf(IReadOnlyList<Instance> instances) =>
    [
        .. from role in _roles
           from instance in instances
           where instance.Ports.ContainsKey(role)
           select new Endpoint(role, instance.AddressOf(role), instance.Ports[role]),
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
            State = member is null || IsDown(instance, hosts) ? ContainerStateOf(instance, hosts) : member.State,
            LagBytes = member?.LagBytes,
            Lag = member?.Lag,
            Timeline = member?.Timeline ?? 0,
            SyncState = member?.SyncState ?? "",
        };
    }

    private static InstanceStatus InstanceOf(Instance instance, IReadOnlyDictionary<HostId, string> hostNames, IReadOnlyDictionary<HostId, HostObservation> hosts) =>
        new(instance, NameOf(instance.HostId, hostNames), ContainerStateOf(instance, hosts));

    private static string NameOf(HostId host, IReadOnlyDictionary<HostId, string> hostNames) => hostNames.TryGetValue(host, out var name) ? name : host.ToString();

    /// <summary>Whether an instance's container is seen, and seen not to run: that holds whatever was said of it before.</summary>
    public static bool IsDown(Instance instance, IReadOnlyDictionary<HostId, HostObservation> hosts) => ContainerStateOf(instance, hosts) is "created" or "paused" or "exited" or "dead";

    /// <summary>The word for the state of an instance's container; "unknown" where it is out of sight.</summary>
    public static string ContainerStateOf(Instance instance, IReadOnlyDictionary<HostId, HostObservation> hosts)
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
            ContainerState.Unknown => "unknown",
        };
    }

    /// <summary>Stopped is what is seen to be down. What is out of sight may run.</summary>
    private static string PhaseOfStopped(IReadOnlyList<Instance> instances, IReadOnlyDictionary<HostId, HostObservation> hosts)
    {
        var states = instances.Select(instance => ContainerStateOf(instance, hosts)).ToList();
        return states.Any(state => state is "running" or "restarting" or "paused") ? "stopping" : states.Contains("unknown") ? "unknown" : "stopped";
    }

    private static string PhaseOf(Cluster cluster, IReadOnlyList<Instance> instances, IReadOnlyDictionary<HostId, HostObservation> hosts, ImmutableArray<Condition> conditions) => cluster.Lifecycle switch
    {
        ClusterLifecycle.Creating => "creating",
        ClusterLifecycle.Undeleting => "undeleting",
        ClusterLifecycle.Deleting => "deleting",
        ClusterLifecycle.Deleted => "deleted",
        ClusterLifecycle.Active when cluster.IsStopped => PhaseOfStopped(instances, hosts),
        ClusterLifecycle.Active => conditions[0].Status switch
        {
            true when conditions.All(condition => condition.Status == true && condition.Type is not ("TwoPrimaries" or "UnknownMembers")) => "running",
            true => "degraded",
            false => "unavailable",
            null => "unknown",
        },
    };
}
