namespace Agents.Domain.Health;

/// <summary>
/// When a cluster is to be looked at again, and how much of it. At rest its primary's word stands for all of it, and the others are asked for confirmation now and then; where
/// something differs from rest all are asked, and at once where something was seen to change. Times are of one monotonic clock.
/// </summary>
public sealed record ClusterLook
{
    /// <summary>The least pause between two looks, whatever happens.</summary>
    public static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(200);

    /// <summary>How often a cluster is looked at that is not at rest.</summary>
    public static readonly TimeSpan RestlessPeriod = TimeSpan.FromSeconds(1);

    /// <summary>How often the primary of a cluster at rest is asked.</summary>
    public static readonly TimeSpan RestPeriod = TimeSpan.FromSeconds(3);

    /// <summary>How often all nodes of a cluster at rest are asked.</summary>
    public static readonly TimeSpan ConfirmationPeriod = TimeSpan.FromSeconds(30);

    /// <summary>What to ask.</summary>
    public enum Kind
    {
        /// <summary>Nothing yet.</summary>
        None,

        /// <summary>The primary alone.</summary>
        Primary,

        /// <summary>All nodes.</summary>
        All,
    }

    /// <summary>When the last look began; null before the first.</summary>
    public TimeSpan? BegunAt { get; init; }

    /// <summary>When the last look ended; null while one goes on, and before the first.</summary>
    public TimeSpan? EndedAt { get; init; }

    /// <summary>When the last look at all nodes began; null before the first.</summary>
    public TimeSpan? AllBegunAt { get; init; }

    /// <summary>Whether the cluster was at rest when it was last looked at.</summary>
    public bool IsAtRest { get; init; }

    /// <summary>Whether something was seen to change since the last look began.</summary>
    public bool IsTouched { get; init; }

    /// <summary>How long it is from look to look; zero where the next one is wanted as soon as may be.</summary>
    public TimeSpan Period => BegunAt is null || IsTouched ? TimeSpan.Zero : IsAtRest ? RestPeriod : RestlessPeriod;

    /// <summary>What is due. While a look goes on nothing is.</summary>
    public Kind DueAt(TimeSpan now)
    {
        if (BegunAt is not { } begunAt)
            return Kind.All;
        if (EndedAt is not { } endedAt || now - endedAt < PauseMin)
            return Kind.None;
        if (IsTouched || now - AllBegunAt >= ConfirmationPeriod)
            return Kind.All;
        if (now - begunAt < Period)
            return Kind.None;
        return IsAtRest ? Kind.Primary : Kind.All;
    }

    /// <summary>A look begins: what changes from now on is for the next one.</summary>
    public ClusterLook Begin(Kind kind, TimeSpan now) => this with { BegunAt = now, EndedAt = null, AllBegunAt = kind == Kind.All ? now : AllBegunAt, IsTouched = false };

    /// <summary>It has ended.</summary>
    public ClusterLook End(bool isAtRest, TimeSpan now) => this with { EndedAt = now, IsAtRest = isAtRest };
}
