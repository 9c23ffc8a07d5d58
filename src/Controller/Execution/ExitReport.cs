using Agents.Domain.Health;

namespace Agents.Controller.Execution;

/// <summary>How an instance stands, as its agent has just looked at it.</summary>
/// <param name="Runs">Whether its container runs.</param>
/// <param name="Ended">The life that its container has ended; null where it has ended none, or runs.</param>
/// <param name="Doubt">Why it may not have ended after all; empty when it is proved that no process of that life is left.</param>
/// <param name="FenceId">The fence that keeps it from being started; empty when none does.</param>
internal sealed record ExitReport(bool Runs, ContainerLife? Ended, string Doubt, string FenceId);
