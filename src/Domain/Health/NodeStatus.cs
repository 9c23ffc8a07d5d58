using Agents.Domain.Model;

namespace Agents.Domain.Health;

/// <summary>One PostgreSQL node as observed.</summary>
public sealed record NodeStatus
{
    /// <summary>The instance.</summary>
    public required Instance Instance { get; init; }

    /// <summary>The host's name.</summary>
    public required string Host { get; init; }

    /// <summary>"primary", "replica" or "unknown".</summary>
    public required string Role { get; init; }

    /// <summary>The engine's word, the container's where the engine says nothing, or "unknown".</summary>
    public required string State { get; init; }

    /// <summary>How far it is behind in bytes; null on the primary and without sight.</summary>
    public long? LagBytes { get; init; }

    /// <summary>How far it is behind in time; null on the primary and without sight.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Its timeline; 0 without sight.</summary>
    public int Timeline { get; init; }

    /// <summary>Whether a commit waits for it; empty on the primary.</summary>
    public string SyncState { get; init; } = "";
}
