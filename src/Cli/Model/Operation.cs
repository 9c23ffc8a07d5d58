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
}
