namespace Agents.Controller.Execution;

/// <summary>A cluster as one node's Patroni reports it.</summary>
/// <param name="Members">Its members.</param>
/// <param name="Paused">Whether automatic failover is paused.</param>
/// <param name="SelfIsLeader">Whether the answering node leads and takes writes.</param>
internal sealed record PatroniReport(IReadOnlyList<PatroniMemberReport> Members, bool Paused, bool SelfIsLeader);
