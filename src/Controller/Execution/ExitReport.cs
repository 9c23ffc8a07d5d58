namespace Agents.Controller.Execution;

/// <summary>How an instance stands, as its agent has just looked at it.</summary>
/// <param name="ContainerId">Its container; empty where there is none.</param>
/// <param name="Runs">Whether that runs.</param>
/// <param name="Doubt">Why it may not have ended after all; empty when it is proved that no process of it is left.</param>
/// <param name="FenceId">The fence that keeps it from being started; empty when none does.</param>
internal sealed record ExitReport(string ContainerId, bool Runs, string Doubt, string FenceId);
