namespace Agents.Agent.Engines.Patroni.Wire;

/// <summary>What /primary says of the answering node.</summary>
internal sealed record NodeAnswer
{
    /// <summary>PostgreSQL's state.</summary>
    public string State { get; set; } = "";

    /// <summary>Its role.</summary>
    public string Role { get; set; } = "";
}
