namespace Agents.Controller.Execution;

/// <summary>Whether a port could be bound or reached.</summary>
/// <param name="Target">The port.</param>
/// <param name="Ok">Whether it could.</param>
/// <param name="Error">Why not; empty when it could.</param>
internal sealed record PortCheck(PortTarget Target, bool Ok, string Error);
