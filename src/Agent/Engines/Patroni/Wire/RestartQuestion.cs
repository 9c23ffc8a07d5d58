namespace Agents.Agent.Engines.Patroni.Wire;

/// <summary>The question to /restart.</summary>
internal sealed record RestartQuestion
{
    /// <summary>Only when a restart is pending; not sent otherwise.</summary>
    public bool? RestartPending { get; init; }

    /// <summary>The limit in seconds.</summary>
    public int? Timeout { get; init; }
}
