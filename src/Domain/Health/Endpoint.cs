namespace Agents.Domain.Health;

/// <summary>Where to connect.</summary>
/// <param name="Role">"read_write" or "read_only".</param>
/// <param name="Address">The address.</param>
/// <param name="Port">The port.</param>
public sealed record Endpoint(string Role, string Address, int Port);
