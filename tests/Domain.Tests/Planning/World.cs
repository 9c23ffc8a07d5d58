using System.Collections.Immutable;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Domain.Scheduling;
using Agents.Testing;

namespace Agents.Domain.Tests.Planning;

/// <summary>A cluster on three hosts, and what is seen of it: as it should be, until a test changes something.</summary>
internal sealed record World
{
    /// <summary>The cluster.</summary>
    public required Cluster Cluster { get; init; }

    /// <summary>Its instances: nodes 1 to 3, etcd members 4 to 6, proxies 7 and 8.</summary>
    public required ImmutableArray<Instance> Instances { get; init; }

    /// <summary>The hosts as seen.</summary>
    public required ImmutableDictionary<HostId, HostObservation> Hosts { get; init; }

    /// <summary>Whether much of the fleet is silent.</summary>
    public bool FleetIsSilent { get; init; }

    /// <summary>Whether nothing may be done.</summary>
    public bool ObserveOnly { get; init; }

    /// <summary>Whether a configuration may be put into force.</summary>
    public bool MayConfigure { get; init; } = true;

    /// <summary>The node that says that it takes writes.</summary>
    public string? Primary { get; init; } = "demo-1";

    /// <summary>The node that leads by the engine's word.</summary>
    public string? Leader { get; init; } = "demo-1";

    /// <summary>Whether the engine's failover is paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>A cluster that needs nothing.</summary>
    public static World Converged()
    {
        var cluster = A.Cluster() with { Name = "demo" };
        var request = new PlacementRequest(cluster.Ref, cluster.Project, cluster.Name, cluster.Effective, 1, cluster.Revision, A.ImageSet());
        var hosts = Enumerable.Range(1, 3).Select(number => new HostCandidate
        {
            Host = A.Host(number),
            State = HostState.Ready,
            StateReason = "",
            Facts = A.Facts(),
            ReservedMemoryBytes = 0,
            ReservedDiskBytes = 0,
            InstanceCount = 0,
            UsedPorts = [],
            UsedSubnets = [],
        });
        ImmutableArray<Instance> instances = [.. Scheduler.Place(request, hosts).Instances.Select(instance => instance with { Initialised = true, ConfigHash = "hash" })];
        return new World { Cluster = cluster, Instances = instances, Hosts = instances.GroupBy(instance => instance.HostId).ToImmutableDictionary(group => group.Key, group => Seen(group.Key, group)) };
    }

    /// <summary>The instance with an ordinal.</summary>
    public Instance Of(int ordinal) => Instances.Single(instance => instance.Ordinal == ordinal);

    /// <summary>The world with something else seen on the host of an instance.</summary>
    public World See(int ordinal, Func<HostObservation, Instance, HostObservation> change)
    {
        var instance = Of(ordinal);
        return this with { Hosts = Hosts.SetItem(instance.HostId, change(Hosts[instance.HostId], instance)) };
    }

    /// <summary>The world with a container in another state.</summary>
    public World Container(int ordinal, ContainerState state, int exitCode = 0) => See(ordinal, (host, instance) => host with
    {
        Containers = host.Containers.SetItem(instance.ContainerName, host.Containers[instance.ContainerName] with
        {
            State = state,
            ExitCode = exitCode,
            Ended = state == ContainerState.Exited ? new ContainerLife(instance.ContainerName, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1)) : null,
        }),
    });

    /// <summary>The world with a container out of its network.</summary>
    public World Detached(int ordinal) => See(ordinal, (host, instance) => host with
    {
        Containers = host.Containers.SetItem(instance.ContainerName, host.Containers[instance.ContainerName] with { IsDetached = true }),
    });

    /// <summary>The world without a container.</summary>
    public World WithoutContainer(int ordinal) => See(ordinal, (host, instance) => host with { Containers = host.Containers.Remove(instance.ContainerName) });

    /// <summary>The world without a data volume.</summary>
    public World WithoutData(int ordinal) => See(ordinal, (host, instance) => host with { Volumes = host.Volumes.Remove(instance.DataVolume) });

    /// <summary>The world with something that an agent has found amiss in the data of what is down.</summary>
    public World Troubled(int ordinal, string trouble) => Container(ordinal, ContainerState.Exited).Record(ordinal, record => record with { DataTrouble = trouble, StartError = "it is not there" });

    /// <summary>The world with another record of a node.</summary>
    public World Record(int ordinal, Func<InstanceObservation, InstanceObservation> change) => See(ordinal, (host, instance) => host with
    {
        Instances = host.Instances.SetItem(instance.Id, change(host.Instances[instance.Id])),
    });

    /// <summary>What the planner says to it.</summary>
    public Plan Decide() => Planner.Decide(new PlannerInput
    {
        Cluster = Cluster,
        Instances = Instances,
        Hosts = Hosts,
        FleetIsSilent = FleetIsSilent,
        ObserveOnly = ObserveOnly,
        MayConfigure = MayConfigure,
        Primary = Primary,
        Leader = Leader,
        IsPaused = IsPaused,
        Holders = ["demo-1", "demo-2"],
    });

    private static HostObservation Seen(HostId host, IEnumerable<Instance> instances)
    {
        var here = instances.ToList();
        return new HostObservation
        {
            HostId = host,
            State = HostState.Ready,
            StateReason = "",
            IsCurrent = true,
            Facts = A.Facts(),
            Containers = here.ToImmutableSortedDictionary(instance => instance.ContainerName, ContainerOf, StringComparer.Ordinal),
            Instances = here.ToImmutableDictionary(instance => instance.Id, instance => new InstanceObservation(
                instance.Id, 1, instance.Profile.HoldsData ? InstanceWant.Running : InstanceWant.Unspecified, "hash", true, "",
                HangTimeout: instance.Profile.IsNode ? TimeSpan.FromSeconds(10) : TimeSpan.Zero)),
            Volumes = [.. here.SelectMany(instance => new[] { instance.DataVolume, instance.ConfigVolume })],
        };
    }

    private static ContainerObservation ContainerOf(Instance instance) => new(instance.ContainerName, "store", instance.Owner, instance.Id, ContainerState.Running, 0);
}
