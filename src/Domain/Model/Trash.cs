using System.Collections.Immutable;
using System.Globalization;

namespace Agents.Domain.Model;

/// <summary>
/// What is remembered of a cluster that was deleted, so that it can come back: where its instances were, and how far each node had come. Its data lies in the nodes' volumes,
/// which are leftovers of the store until they are purged or taken back.
/// </summary>
public sealed record Trash
{
    /// <summary>The instances as they were when the delete began.</summary>
    public required ImmutableArray<Instance> Instances { get; init; }

    /// <summary>How far each node had come just before it was stopped.</summary>
    public required ImmutableArray<Position> Nodes { get; init; }

    /// <summary>When the data is removed; null before it lies in the trash.</summary>
    public DateTimeOffset? PurgeAt { get; init; }

    /// <summary>Whether the time of the purge was counted by a clock that hosts with the data agreed with: nothing is purged before it was.</summary>
    public bool IsCounted { get; init; }

    /// <summary>For how long controllers have run since its days began: a clock can be set, this cannot. Nothing is purged before as much of it has passed as of the clock.</summary>
    public TimeSpan RunTime { get; init; }

    /// <summary>The node that a person says was the primary, where nobody else knows.</summary>
    public InstanceId? Chosen { get; init; }

    /// <summary>Why there is no data any more; empty while there is. Kept only so that people can read it.</summary>
    public string Gone { get; init; } = "";

    /// <summary>Whether the removal has begun: from then on the cluster does not come back.</summary>
    public bool IsPurging { get; init; }

    /// <summary>Whether a person has asked for the removal now: then no clock is asked whether it is time.</summary>
    public bool IsPurgeAsked { get; init; }

    /// <summary>
    /// The node whose data is the cluster's: who a person says, the primary of the last day, else the one that had come furthest of all. Null when nobody knows, as where one was out of sight that may
    /// have come further, or where more than one took writes: to guess would be to lose rows.
    /// </summary>
    public Instance? Primary
    {
        get
        {
            if (Chosen is { } chosen)
                return Members.First(node => node.Id == chosen);
            if (Members is [var only])
                return only;
            var position = Nodes.FirstOrDefault(node => node.Role == NodeRole.Primary)
                ?? (Nodes.All(node => node.Timeline > 0) && Nodes.Count(node => node.Role == NodeRole.Unknown) < 2 ? Nodes.OrderByDescending(node => node.Timeline).ThenByDescending(node => node.WalBytes).FirstOrDefault() : null);
            return position is null ? null : Members.FirstOrDefault(node => node.Id == position.InstanceId);
        }
    }

    /// <summary>Its nodes.</summary>
    public ImmutableArray<Instance> Members => [.. Instances.Where(instance => instance.Profile.IsNode)];

    /// <summary>Its nodes with how far each had come, for people who have to choose.</summary>
    public string MembersText => TextOf(Members);

    /// <summary>Some of its nodes with how far each had come.</summary>
    public string TextOf(IEnumerable<Instance> nodes) => string.Join("; ", nodes.Select(node => PositionOf(node.Id) is { Timeline: > 0 } position
        ? string.Create(CultureInfo.InvariantCulture, $"{node.Member}: timeline {position.Timeline}, {position.Lsn}")
        : $"{node.Member}: not known"));

    /// <summary>The position of a node; null when none was noted.</summary>
    public Position? PositionOf(InstanceId instance) => Nodes.FirstOrDefault(node => node.InstanceId == instance);

    /// <summary>How far a node had come.</summary>
    /// <param name="InstanceId">The node.</param>
    /// <param name="Role">What it was.</param>
    /// <param name="Timeline">Its timeline; 0 when it is not known.</param>
    /// <param name="WalBytes">Its position in the write-ahead log in bytes; 0 when it is not known.</param>
    public sealed record Position(InstanceId InstanceId, NodeRole Role, int Timeline, long WalBytes)
    {
        /// <summary>The position as PostgreSQL writes it, as "0/3000148"; empty when it is not known.</summary>
        public string Lsn => WalBytes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{WalBytes >> 32:X}/{WalBytes & 0xFFFFFFFF:X}");
    }

    /// <summary>What a node was.</summary>
    public enum NodeRole
    {
        /// <summary>Nobody could tell.</summary>
        Unknown,

        /// <summary>It took the writes.</summary>
        Primary,

        /// <summary>It followed.</summary>
        Replica,
    }
}
