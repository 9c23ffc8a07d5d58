namespace Agents.Cli.Model;

/// <summary>One step of an operation.</summary>
internal sealed record OperationStep
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its state: one of <see cref="OperationStates"/>.</summary>
    public string State { get; set; } = OperationStates.Pending;

    /// <summary>What it is doing or did.</summary>
    public string Message { get; set; } = "";

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How long it took or takes; null where it has not begun.</summary>
    public TimeSpan? DurationAt(DateTimeOffset now)
    {
        if (StartedAt is not { } start)
            return null;
        var duration = (EndedAt ?? now) - start;
        return duration > TimeSpan.Zero ? duration : TimeSpan.Zero; // The server's clock may be ahead of ours.
    }
}
