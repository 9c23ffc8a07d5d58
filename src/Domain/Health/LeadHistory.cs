using System.Collections.Immutable;

namespace Agents.Domain.Health;

/// <summary>Who has led a cluster, as its engine has written it down.</summary>
/// <param name="Changes">The changes, the oldest first.</param>
/// <param name="ReadAt">When it was read.</param>
/// <param name="Timeline">The timeline on which the cluster was then, by the engine's own word.</param>
public sealed record LeadHistory(ImmutableArray<LeadChange> Changes, DateTimeOffset ReadAt, int Timeline)
{
    /// <summary>Whether the last change stands in it. The engine writes it down some seconds after it.</summary>
    public bool IsComplete => Timeline == (Changes.IsEmpty ? 1 : Changes[^1].Timeline);
}
