namespace Agents.Controller.Execution;

/// <summary>One member in Patroni's words.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">"leader", "replica", "sync_standby", "quorum_standby", …</param>
/// <param name="State">"running", "streaming", "starting", …</param>
/// <param name="Timeline">Its timeline; 0 when it is not known.</param>
/// <param name="LagBytes">How far it is behind; null when it is not known.</param>
internal sealed record PatroniMemberReport(string Name, string Role, string State, int Timeline, long? LagBytes);
