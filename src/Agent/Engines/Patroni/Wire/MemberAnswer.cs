using System.Text.Json.Serialization;

namespace Agents.Agent.Engines.Patroni.Wire;

/// <summary>One member of /cluster.</summary>
internal sealed record MemberAnswer
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its role.</summary>
    public string Role { get; init; } = "";

    /// <summary>Its state.</summary>
    public string State { get; init; } = "";

    /// <summary>Where PostgreSQL listens.</summary>
    public string? Host { get; init; }

    /// <summary>The port.</summary>
    public int? Port { get; init; }

    /// <summary>The timeline.</summary>
    public int? Timeline { get; init; }

    /// <summary>How far it is behind in bytes; null for the leader, and where Patroni says "unknown".</summary>
    [JsonConverter(typeof(LagConverter))]
    public long? Lag { get; init; }

    /// <summary>Whether a restart is pending.</summary>
    public bool PendingRestart { get; init; }
}
