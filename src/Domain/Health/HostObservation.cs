using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>A host as the controller sees it now.</summary>
public sealed record HostObservation
{
    /// <summary>The host.</summary>
    public required HostId HostId { get; init; }

    /// <summary>The state.</summary>
    public required HostState State { get; init; }

    /// <summary>Why it is not ready; empty when it is.</summary>
    public required string StateReason { get; init; }

    /// <summary>
    /// Whether containers, records and volumes were reported complete on the host's current link session. Without it nothing may be done to an instance of the host.
    /// </summary>
    public required bool IsCurrent { get; init; }

    /// <summary>The link session on which what its agent had obeyed before was looked at; null before that. Nobody commands over another.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>How many commands its agent says to have obeyed that this controller never gave.</summary>
    public int UnprovedCount { get; init; }

    /// <summary>The facts last reported; null before the first.</summary>
    public HostFacts? Facts { get; init; }

    /// <summary>The agent's version; empty before the first hello.</summary>
    public string AgentVersion { get; init; } = "";

    /// <summary>When it was last heard; null when never since the controller's start.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>The containers with our labels, by name.</summary>
    public ImmutableSortedDictionary<string, ContainerObservation> Containers { get; init; } = ImmutableSortedDictionary.Create<string, ContainerObservation>(StringComparer.Ordinal);

    /// <summary>The agent's records, by instance.</summary>
    public ImmutableDictionary<InstanceId, InstanceObservation> Instances { get; init; } = ImmutableDictionary<InstanceId, InstanceObservation>.Empty;

    /// <summary>The names of volumes with our labels.</summary>
    public ImmutableSortedSet<string> Volumes { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The names of networks with our labels.</summary>
    public ImmutableSortedSet<string> Networks { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Whether the host reports more than is taken, so that not all of it is here.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The volumes and networks with our labels, with their owners.</summary>
    public ImmutableArray<OwnedObject> Objects { get; init; } = [];

    /// <summary>What the host's nodes say, of those that are watched: told whenever it differs, so that it holds for as long as the host is heard. One that is not here is to be asked.</summary>
    public ImmutableDictionary<InstanceId, NodeReport> Reports { get; init; } = ImmutableDictionary<InstanceId, NodeReport>.Empty;

    /// <summary>Whether nothing differs that a decision is made of: the rest (times, free memory) changes all the time and wakes nobody.</summary>
    public bool IsJudgedAs(HostObservation other) =>
        State == other.State
        && StateReason == other.StateReason
        && IsCurrent == other.IsCurrent
        && (ReferenceEquals(Containers, other.Containers) || Containers.SequenceEqual(other.Containers))
        && (ReferenceEquals(Instances, other.Instances) || (Instances.Count == other.Instances.Count && Instances.All(pair => other.Instances.TryGetValue(pair.Key, out var record) && record == pair.Value)))
        && (ReferenceEquals(Volumes, other.Volumes) || Volumes.SetEquals(other.Volumes))
        && (ReferenceEquals(Networks, other.Networks) || Networks.SetEquals(other.Networks));

    /// <summary>Whether an instance is seen here as in another observation of the host: its host's state, its container and its agent's record.</summary>
    public bool ShowsAlike(Instance instance, HostObservation other) =>
        State == other.State
        && IsCurrent == other.IsCurrent
        && Containers.GetValueOrDefault(instance.ContainerName) == other.Containers.GetValueOrDefault(instance.ContainerName)
        && Instances.GetValueOrDefault(instance.Id) == other.Instances.GetValueOrDefault(instance.Id);

    /// <summary>Whether an instance has told the same as in another observation of the host.</summary>
    public bool TellsAlike(Instance instance, HostObservation other) => Equals(Reports.GetValueOrDefault(instance.Id), other.Reports.GetValueOrDefault(instance.Id));

    /// <summary>A host that was not heard since the controller's start.</summary>
    public static HostObservation NeverHeard(HostId host) => new()
    {
        HostId = host,
        State = HostState.Disconnected,
        StateReason = "its agent has not linked since the controller's start",
        IsCurrent = false,
    };
}
