using System.Text.Json.Serialization;

namespace Agents.Agent.Engines.Patroni.Wire;

/// <summary>One member of /cluster.</summary>
internal sealed record MemberAnswer
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its role.</summary>
    public string Role { get; set; } = "";

    /// <summary>Its state.</summary>
    public string State { get; set; } = "";

    /// <summary>Where PostgreSQL listens.</summary>
    public string? Host { get; set; }

    /// <summary>The port.</summary>
    public int? Port { get; set; }

    /// <summary>The timeline.</summary>
    public int? Timeline { get; set; }

    /// <summary>How far it is behind in bytes; null for the leader, and where Patroni says "unknown".</summary>
    [JsonConverter(typeof(LagConverter))]
    public long? Lag { get; set; }

    /// <summary>Whether a restart is pending.</summary>
    public bool PendingRestart { get; set; }
}
