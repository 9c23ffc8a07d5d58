using System.Collections.Immutable;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.V1;
using Agents.Words;
using DomainContainerState = Agents.Domain.Health.ContainerState;
using DomainFacts = Agents.Domain.Model.HostFacts;
using DomainWant = Agents.Domain.Health.InstanceWant;

namespace Agents.Controller.Observation;

/// <summary>Maps what agents report to what is observed.</summary>
internal static class ObservationMapper
{
    /// <summary>The observation with one message of the event stream applied.</summary>
    public static HostObservation Apply(HostObservation seen, WatchEventsResponse response) => response.EventCase switch
    {
        WatchEventsResponse.EventOneofCase.Snapshot => Replace(seen, response.Snapshot),
        WatchEventsResponse.EventOneofCase.Container => Apply(seen, response.Container),
        WatchEventsResponse.EventOneofCase.Instance => Apply(seen, response.Instance),
        _ => seen,
    };

    /// <summary>Facts, with the clock's offset taken against the middle of the call.</summary>
    public static DomainFacts Map(V1.HostFacts facts, DateTimeOffset before, DateTimeOffset after)
    {
        var clock = facts.Clock?.ToDateTimeOffset() ?? before;
        var offset = clock - (before + ((after - before) / 2));
        return new DomainFacts
        {
            Hostname = facts.Hostname,
            OperatingSystem = facts.OperatingSystem,
            KernelVersion = facts.KernelVersion,
            Architecture = facts.Architecture,
            Cpus = facts.Cpus,
            MemoryBytes = facts.MemoryBytes,
            MemoryAvailableBytes = facts.MemoryAvailableBytes,
            DiskBytes = facts.DiskBytes,
            DiskFreeBytes = facts.DiskFreeBytes,
            DockerReachable = facts.Docker?.Reachable ?? false,
            DockerError = facts.Docker?.Error ?? "",
            DockerVersion = facts.Docker?.Version ?? "",
            DockerApiVersion = facts.Docker?.ApiVersion ?? "",
            StorageDriver = facts.Docker?.StorageDriver ?? "",
            CgroupVersion = facts.Docker?.CgroupVersion ?? 0,
            LiveRestore = facts.Docker?.LiveRestore ?? false,
            Clock = clock,
            // What the call itself took is not the clock's fault.
            ClockOffset = offset.Duration() <= (after - before) / 2 ? TimeSpan.Zero : offset,
        };
    }

    private static HostObservation Replace(HostObservation seen, HostSnapshot snapshot)
    {
        var instances = snapshot.Instances.Select(Map).OfType<InstanceObservation>().ToImmutableDictionary(instance => instance.InstanceId);
        if (!snapshot.DockerReachable)
            return seen with { Instances = instances, IsCurrent = false };
        return seen with
        {
            IsCurrent = true,
            Instances = instances,
            Containers = snapshot.Containers.Select(Map).ToImmutableSortedDictionary(container => container.Name, container => container, StringComparer.Ordinal),
            Volumes = snapshot.Volumes.Select(volume => volume.Name).ToImmutableSortedSet(StringComparer.Ordinal),
            Networks = snapshot.Networks.Select(network => network.Name).ToImmutableSortedSet(StringComparer.Ordinal),
        };
    }

    private static HostObservation Apply(HostObservation seen, ContainerEvent change) => seen with
    {
        Containers = change.Removed ? seen.Containers.Remove(change.Container.Name) : seen.Containers.SetItem(change.Container.Name, Map(change.Container)),
    };

    private static HostObservation Apply(HostObservation seen, V1.Instance instance) =>
        Map(instance) is { } mapped ? seen with { Instances = seen.Instances.SetItem(mapped.InstanceId, mapped) } : seen;

    private static InstanceObservation? Map(V1.Instance instance) => InstanceId.TryParse(instance.InstanceId, out var id)
        ? new InstanceObservation(id, instance.Generation, Map(instance.Want), instance.ConfigHash, instance.StartError)
        : null;

    private static ContainerObservation Map(Container container) => new(
        container.Name,
        container.Labels.GetValueOrDefault(ObjectLabels.Controller, ""),
        ClusterId.TryParse(container.Labels.GetValueOrDefault(ObjectLabels.Cluster), out var cluster) ? cluster : null,
        InstanceId.TryParse(container.Labels.GetValueOrDefault(ObjectLabels.Instance), out var instance) ? instance : null,
        Map(container.State),
        container.ExitCode);

    private static DomainContainerState Map(V1.ContainerState state) => state switch
    {
        V1.ContainerState.Created => DomainContainerState.Created,
        V1.ContainerState.Running => DomainContainerState.Running,
        V1.ContainerState.Paused => DomainContainerState.Paused,
        V1.ContainerState.Restarting => DomainContainerState.Restarting,
        V1.ContainerState.Removing => DomainContainerState.Removing,
        V1.ContainerState.Exited => DomainContainerState.Exited,
        V1.ContainerState.Dead => DomainContainerState.Dead,
        _ => DomainContainerState.Unknown,
    };

    private static DomainWant Map(V1.InstanceWant want) => want switch
    {
        V1.InstanceWant.Running => DomainWant.Running,
        V1.InstanceWant.Stopped => DomainWant.Stopped,
        V1.InstanceWant.Fenced => DomainWant.Fenced,
        _ => DomainWant.Unspecified,
    };
}
