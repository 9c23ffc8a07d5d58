namespace Agents.Agent.Engines.Patroni.Wire;

/// <summary>The question to /switchover.</summary>
internal sealed record SwitchoverQuestion
{
    /// <summary>The present leader.</summary>
    public required string Leader { get; init; }

    /// <summary>The next one; Patroni chooses where it is null.</summary>
    public string? Candidate { get; init; }
}
