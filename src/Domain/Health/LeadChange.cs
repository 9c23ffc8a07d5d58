namespace Agents.Domain.Health;

/// <summary>A change of who leads, as the engine has written it down.</summary>
/// <param name="Timeline">The timeline that began with it.</param>
/// <param name="Lsn">Where the one before it ended, as "0/5000060".</param>
/// <param name="At">When, by the clock of the node that led from then on; null where that is not written down.</param>
/// <param name="Leader">The node that led from then on; empty where that is not written down.</param>
public sealed record LeadChange(int Timeline, string Lsn, DateTimeOffset? At, string Leader);
