using System.Collections.Immutable;
using System.Diagnostics;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.V1;
using Agents.Words;
using DomainContainerState = Agents.Domain.Health.ContainerState;
using DomainFacts = Agents.Domain.Model.HostFacts;
using DomainLife = Agents.Domain.Health.ContainerLife;
using DomainWant = Agents.Domain.Health.InstanceWant;
using static Agents.Controller.Observation.ReportBounds;

namespace Agents.Controller.Observation;

/// <summary>Maps what agents report to what is observed.</summary>
internal static class ObservationMapper
{
    /// <summary>The observation with one message of the event stream applied.</summary>
    public static HostObservation Apply(HostObservation seen, WatchEventsResponse response)
    {
        switch (response.EventCase)
        {
            case WatchEventsResponse.EventOneofCase.Snapshot:
                return Replace(seen, response.Snapshot);
            case WatchEventsResponse.EventOneofCase.Container:
                return response.Container.Container is null ? seen : Apply(seen, response.Container);
            case WatchEventsResponse.EventOneofCase.Instance:
                return Apply(seen, response.Instance);
            case WatchEventsResponse.EventOneofCase.Docker:
                return Apply(seen, response.Docker);
            case WatchEventsResponse.EventOneofCase.Heartbeat:
            case WatchEventsResponse.EventOneofCase.None: // Of a newer agent.
                return seen;
        }

        throw new UnreachableException();
    }

    /// <summary>Facts, with the clock's offset taken against the middle of the call.</summary>
    public static DomainFacts Map(V1.HostFacts facts, DateTimeOffset before, DateTimeOffset after)
    {
        var clock = TimeOf(facts.Clock) ?? before;
        var offset = clock - (before + ((after - before) / 2));
        return new DomainFacts
        {
            Hostname = Cut(facts.Hostname),
            OperatingSystem = Cut(facts.OperatingSystem),
            KernelVersion = Cut(facts.KernelVersion),
            Architecture = Cut(facts.Architecture),
            Cpus = Math.Clamp(facts.Cpus, 0, CpusMax),
            MemoryBytes = Cut(facts.MemoryBytes),
            MemoryAvailableBytes = Cut(facts.MemoryAvailableBytes),
            DiskBytes = Cut(facts.DiskBytes),
            DiskFreeBytes = Cut(facts.DiskFreeBytes),
            UsedSubnets = [.. facts.UsedSubnets.Take(ReportBounds.SubnetsMax).Select(subnet => Cut(subnet.Cidr))],
            DockerReachable = facts.Docker?.Reachable ?? false,
            DockerError = Cut(facts.Docker?.Error ?? ""),
            DockerVersion = Cut(facts.Docker?.Version ?? ""),
            DockerApiVersion = Cut(facts.Docker?.ApiVersion ?? ""),
            StorageDriver = Cut(facts.Docker?.StorageDriver ?? ""),
            CgroupVersion = facts.Docker?.CgroupVersion ?? 0,
            LiveRestore = facts.Docker?.LiveRestore ?? false,
            Warnings = [.. facts.Warnings.Take(WarningsMax).Select(Cut)],
            Clock = clock,
            // What the call itself took is not the clock's fault.
            ClockOffset = offset.Duration() <= (after - before) / 2 ? TimeSpan.Zero : offset,
        };
    }

    // Names that come twice are a fault of the agent's; the last one stands.
    private static HostObservation Replace(HostObservation seen, HostSnapshot snapshot)
    {
        var isTruncated = ReportBounds.Cut(snapshot);
        var instances = snapshot.Instances.Select(Map).OfType<InstanceObservation>().Select(instance => KeyValuePair.Create(instance.InstanceId, instance));
        var known = seen with { Instances = ImmutableDictionary<InstanceId, InstanceObservation>.Empty.SetItems(instances), IsTruncated = isTruncated };
        if (!snapshot.DockerReachable)
            return known with { IsCurrent = false };
        return known with
        {
            IsCurrent = true,
            Containers = seen.Containers.Clear().SetItems(snapshot.Containers.Select(Map).Select(container => KeyValuePair.Create(container.Name, container))),
            Volumes = snapshot.Volumes.Select(volume => Cut(volume.Name)).ToImmutableSortedSet(StringComparer.Ordinal),
            Networks = snapshot.Networks.Select(network => Cut(network.Name)).ToImmutableSortedSet(StringComparer.Ordinal),
            Objects =
            [
                .. snapshot.Volumes.Select(volume => OwnedOf(Orphan.Type.Volume, volume.Name, volume.Labels)),
                .. snapshot.Networks.Select(network => OwnedOf(Orphan.Type.Network, network.Name, network.Labels) with { Subnet = Cut(network.Subnet) }),
            ],
        };
    }

    private static HostObservation Apply(HostObservation seen, ContainerEvent change)
    {
        var container = Map(change.Container);
        if (change.Removed)
            return seen with { Containers = seen.Containers.Remove(container.Name) };
        return seen.Containers.Count < ReportBounds.ObjectsMax || seen.Containers.ContainsKey(container.Name)
            ? seen with { Containers = seen.Containers.SetItem(container.Name, container) }
            : seen with { IsTruncated = true };
    }

    private static HostObservation Apply(HostObservation seen, V1.Instance instance)
    {
        if (Map(instance) is not { } mapped)
            return seen;
        return seen.Instances.Count < ReportBounds.ObjectsMax || seen.Instances.ContainsKey(mapped.InstanceId)
            ? seen with { Instances = seen.Instances.SetItem(mapped.InstanceId, mapped) }
            : seen with { IsTruncated = true };
    }

    // When the engine answers again a snapshot follows: until then what is known of the containers is old.
    private static HostObservation Apply(HostObservation seen, DockerReachability docker) => seen with
    {
        IsCurrent = seen.IsCurrent && docker.Reachable,
        Facts = seen.Facts is { } facts ? facts with { DockerReachable = docker.Reachable, DockerError = Cut(docker.Error) } : null,
    };

    /// <summary>The life that a container has ended; null while it runs, and where nobody says when.</summary>
    public static DomainLife? EndedOf(Container? container) =>
        container is { State: V1.ContainerState.Exited } && TimeOf(container.StartedAt) is { } started && TimeOf(container.FinishedAt) is { } finished
            ? new DomainLife(Cut(container.Id), started, finished)
            : null;

    private static InstanceObservation? Map(V1.Instance instance) => InstanceId.TryParse(instance.InstanceId, out var id)
        ? new InstanceObservation(
            id, instance.Generation, Map(instance.Want), Cut(instance.ConfigHash), instance.ConfigComplete, Cut(instance.StartError), Cut(instance.DataTrouble),
            SpanOf(instance.HangTimeout) ?? TimeSpan.Zero, Cut(instance.Hang))
        : null;

    private static ContainerObservation Map(Container container) => new(
        Cut(container.Name),
        Cut(container.Labels.GetValueOrDefault(ObjectLabels.Controller, "")),
        Domain.Model.ResourceRef.TryParse(container.Labels.GetValueOrDefault(ObjectLabels.Owner), out var owner) ? owner : null,
        InstanceId.TryParse(container.Labels.GetValueOrDefault(ObjectLabels.Instance), out var instance) ? instance : null,
        Map(container.State),
        container.ExitCode,
        container.Detached,
        EndedOf(container),
        PortLabels.Of(name => container.Labels.GetValueOrDefault(name)));

    /// <summary>A volume that does not say what it is for may hold data.</summary>
    private static OwnedObject OwnedOf(Orphan.Type kind, string name, IDictionary<string, string> labels) => new(
        kind,
        Cut(name),
        Label(labels, ObjectLabels.Controller),
        Domain.Model.ResourceRef.TryParse(Label(labels, ObjectLabels.Owner), out var owner) ? owner : null,
        InstanceId.TryParse(Label(labels, ObjectLabels.Instance), out var instance) ? instance : null,
        kind == Orphan.Type.Volume && Label(labels, ObjectLabels.Purpose) != ObjectLabels.ConfigurationPurpose);

    private static string Label(IDictionary<string, string> labels, string name) => labels.TryGetValue(name, out var value) ? value : "";

    private static DomainContainerState Map(V1.ContainerState state)
    {
        switch (state)
        {
            case V1.ContainerState.Created: return DomainContainerState.Created;
            case V1.ContainerState.Running: return DomainContainerState.Running;
            case V1.ContainerState.Paused: return DomainContainerState.Paused;
            case V1.ContainerState.Restarting: return DomainContainerState.Restarting;
            case V1.ContainerState.Removing: return DomainContainerState.Removing;
            case V1.ContainerState.Exited: return DomainContainerState.Exited;
            case V1.ContainerState.Dead: return DomainContainerState.Dead;
            case V1.ContainerState.Unspecified: return DomainContainerState.Unknown;
        }

        return DomainContainerState.Unknown; // A number that has no name here: of a newer agent, or of one that is wrong.
    }

    private static DomainWant Map(V1.InstanceWant want)
    {
        switch (want)
        {
            case V1.InstanceWant.Running: return DomainWant.Running;
            case V1.InstanceWant.Stopped: return DomainWant.Stopped;
            case V1.InstanceWant.Fenced: return DomainWant.Fenced;
            case V1.InstanceWant.Unspecified: return DomainWant.Unspecified;
        }

        return DomainWant.Unspecified; // As above.
    }
}
