namespace Agents.Domain.Health;

/// <summary>A node as the engine reports it.</summary>
public sealed record MemberObservation
{
    /// <summary>Its name in the engine.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is the primary.</summary>
    public required bool IsPrimary { get; init; }

    /// <summary>The engine's word for its state, as "running" or "streaming".</summary>
    public required string State { get; init; }

    /// <summary>Its timeline; 0 when it is not known.</summary>
    public required int Timeline { get; init; }

    /// <summary>How far it is behind in bytes; null on the primary and when it is not known.</summary>
    public long? LagBytes { get; init; }

    /// <summary>How far it is behind in time; null on the primary and when it is not known.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Where its server listens, by the engine's word, as "10.0.0.1:20000"; empty when it is not known.</summary>
    public string Address { get; init; } = "";

    /// <summary>"async", "sync" or "quorum"; empty on the primary and when it is not known.</summary>
    public string SyncState { get; init; } = "";

    /// <summary>Whether the primary no longer holds what it would need to go on: its replication slot was given up.</summary>
    public bool IsSlotLost { get; init; }
}
