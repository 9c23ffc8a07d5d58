namespace Agents.Domain.Health;

/// <summary>
/// When a cluster is to be looked at again, and how. At rest its nodes tell what there is to tell, and nobody is asked; where something differs from rest all are asked, and at once
/// where something was seen to change. Times are of one monotonic clock.
/// </summary>
public sealed record ClusterLook
{
    /// <summary>The least pause between two looks, whatever happens.</summary>
    public static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(200);

    /// <summary>How often a cluster is looked at that is not at rest.</summary>
    public static readonly TimeSpan RestlessPeriod = TimeSpan.FromSeconds(1);

    /// <summary>How often it is confirmed of a cluster at rest that what its nodes told still holds.</summary>
    public static readonly TimeSpan RestPeriod = TimeSpan.FromSeconds(3);

    /// <summary>What to ask.</summary>
    public enum Kind
    {
        /// <summary>Nothing yet.</summary>
        None,

        /// <summary>Nobody, as long as what the nodes told is that they are at rest.</summary>
        Told,

        /// <summary>All nodes.</summary>
        All,
    }

    /// <summary>When the last look began; null before the first.</summary>
    public TimeSpan? BegunAt { get; init; }

    /// <summary>When the last look ended; null while one goes on, and before the first.</summary>
    public TimeSpan? EndedAt { get; init; }

    /// <summary>Whether the cluster was at rest when it was last looked at.</summary>
    public bool IsAtRest { get; init; }

    /// <summary>Whether something was seen to change since the last look began.</summary>
    public bool IsTouched { get; init; }

    /// <summary>Whether a node told something else since the last look began.</summary>
    public bool IsTold { get; init; }

    /// <summary>How long it is from look to look; zero where the next one is wanted as soon as may be.</summary>
    public TimeSpan Period => BegunAt is null || IsTouched || IsTold ? TimeSpan.Zero : IsAtRest ? RestPeriod : RestlessPeriod;

    /// <summary>What is due. While a look goes on nothing is.</summary>
    public Kind DueAt(TimeSpan now)
    {
        if (BegunAt is not { } begunAt)
            return Kind.All;
        if (EndedAt is not { } endedAt || now - endedAt < PauseMin)
            return Kind.None;
        if (now - begunAt < Period)
            return Kind.None;
        return IsAtRest && !IsTouched ? Kind.Told : Kind.All;
    }

    /// <summary>Something of it was seen to change, or was told to; what was before stays.</summary>
    public ClusterLook With(bool isTouched, bool isTold) => isTouched || isTold ? this with { IsTouched = IsTouched || isTouched, IsTold = IsTold || isTold } : this;

    /// <summary>A look begins: what changes from now on is for the next one.</summary>
    public ClusterLook Begin(TimeSpan now) => this with { BegunAt = now, EndedAt = null, IsTouched = false, IsTold = false };

    /// <summary>It has ended.</summary>
    public ClusterLook End(bool isAtRest, TimeSpan now) => this with { EndedAt = now, IsAtRest = isAtRest };
}
