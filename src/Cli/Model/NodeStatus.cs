namespace Agents.Cli.Model;

/// <summary>One PostgreSQL node.</summary>
internal sealed record NodeStatus
{
    /// <summary>Its name in the engine.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its host's name.</summary>
    public string Host { get; set; } = "";

    /// <summary>"primary", "replica" or "unknown".</summary>
    public string Role { get; set; } = "unknown";

    /// <summary>The engine's word.</summary>
    public string State { get; set; } = "unknown";

    /// <summary>How far it is behind in bytes; null on the primary or without sight.</summary>
    public long? LagBytes { get; set; }

    /// <summary>How far it is behind in time; null on the primary or without sight.</summary>
    public double? LagSeconds { get; set; }

    /// <summary>Its timeline; 0 without sight.</summary>
    public int Timeline { get; set; }

    /// <summary>Its address and port.</summary>
    public string Address { get; set; } = "";

    /// <summary>Whether a commit waits for it.</summary>
    public string SyncState { get; set; } = "";
}
