namespace Agents.Cli.Model;

/// <summary>A long-running request.</summary>
internal sealed record Operation
{
    /// <summary>Its id.</summary>
    public string Id { get; set; } = "";

    /// <summary>What it does.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The project.</summary>
    public string Project { get; set; } = "";

    /// <summary>The id of what it is about.</summary>
    public string ResourceId { get; set; } = "";

    /// <summary>The name of what it is about.</summary>
    public string ResourceName { get; set; } = "";

    /// <summary>Its state: one of <see cref="OperationStates"/>.</summary>
    public string State { get; set; } = "";

    /// <summary>Its steps, in order.</summary>
    public IReadOnlyList<OperationStep> Steps { get; set; } = [];

    /// <summary>Why it failed; null when it did not.</summary>
    public OperationError? Error { get; set; }

    /// <summary>Whether it can be cancelled now.</summary>
    public bool Cancellable { get; set; }

    /// <summary>Who asked for it.</summary>
    public string Principal { get; set; } = "";

    /// <summary>Why, in the caller's words.</summary>
    public string Reason { get; set; } = "";

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What deserves a look though nothing failed.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>Whether nothing more happens.</summary>
    public bool IsDone => State is OperationStates.Succeeded or OperationStates.SucceededPendingHosts or OperationStates.Failed or OperationStates.Cancelled;

    /// <summary>Whether it did what was asked.</summary>
    public bool HasSucceeded => State is OperationStates.Succeeded or OperationStates.SucceededPendingHosts;

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

    /// <summary>Why an operation failed.</summary>
    internal sealed record OperationError
    {
        /// <summary>A constant, as "PORT_BLOCKED".</summary>
        public string Reason { get; set; } = "";

        /// <summary>A sentence that says what to do.</summary>
        public string Message { get; set; } = "";
    }
}
