using System.Collections.Immutable;
using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>A cluster as one of its live members reports it.</summary>
/// <param name="ClusterId">The cluster.</param>
/// <param name="ObservedAt">When.</param>
/// <param name="Members">Its nodes.</param>
/// <param name="Paused">Whether automatic failover is paused.</param>
/// <param name="PrimaryTakesWrites">Whether the primary itself said that it leads.</param>
public sealed record ClusterObservation(ClusterId ClusterId, DateTimeOffset ObservedAt, ImmutableArray<MemberObservation> Members, bool Paused, bool PrimaryTakesWrites)
{
    /// <summary>How long a report is worth something.</summary>
    public static TimeSpan FreshFor { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether a primary takes writes and all others stream from it.</summary>
    public bool IsConverged(int nodeCount) =>
        PrimaryTakesWrites && Members.Count(member => member.IsPrimary) == 1 && Members.Count(member => !member.IsPrimary && member.State == "streaming") == nodeCount - 1;
}
