namespace Agents.Agent.Docker.Objects;

/// <summary>The address plan of a network.</summary>
internal sealed record IpamBody(IReadOnlyList<IpamPool>? Config = null);
