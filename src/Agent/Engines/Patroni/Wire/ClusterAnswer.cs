namespace Agents.Agent.Engines.Patroni.Wire;

/// <summary>The answer to /cluster.</summary>
internal sealed record ClusterAnswer
{
    /// <summary>The members.</summary>
    public IReadOnlyList<MemberAnswer> Members { get; set; } = [];

    /// <summary>Whether automatic failover is paused.</summary>
    public bool Pause { get; set; }
}
