namespace Agents.Domain.Model;

/// <summary>One step of an operation.</summary>
public sealed record OperationStep
{
    /// <summary>Its name, as "start etcd".</summary>
    public required string Name { get; init; }

    /// <summary>Its state.</summary>
    public OperationState State { get; init; } = OperationState.Pending;

    /// <summary>What it is doing or did, for people.</summary>
    public string Message { get; init; } = "";

    /// <summary>How often it was done before, and undone.</summary>
    public int Undone { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
