namespace Agents.Agent.Docker.Wire;

/// <summary>One subnet of a network.</summary>
internal sealed record IpamPool(string Subnet);
