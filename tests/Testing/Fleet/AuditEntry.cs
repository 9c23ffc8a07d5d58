namespace Agents.Testing.Fleet;

/// <summary>A mutation that an agent was asked for and did not refuse.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Method">What was asked.</param>
/// <param name="Name">Of what.</param>
internal sealed record AuditEntry(string Host, string Method, string Name);
