namespace Agents.Agent.Observation;

/// <summary>Whether the engine answers.</summary>
/// <param name="IsReachable">Whether it does.</param>
/// <param name="Error">Why it does not; empty when it does.</param>
/// <param name="Since">Since when that is so; year 1 while it was not asked yet.</param>
internal sealed record EngineReach(bool IsReachable, string Error, DateTimeOffset Since);
