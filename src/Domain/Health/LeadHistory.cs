using System.Collections.Immutable;

namespace Agents.Domain.Health;

/// <summary>Who has led a cluster, as its engine has written it down.</summary>
/// <param name="Changes">The changes, the oldest first.</param>
/// <param name="ReadAt">When it was read.</param>
public sealed record LeadHistory(ImmutableArray<LeadChange> Changes, DateTimeOffset ReadAt)
{
    /// <summary>The timeline that the last change began; 1 where there was none.</summary>
    public int Timeline => Changes.IsEmpty ? 1 : Changes[^1].Timeline;
}
