namespace Agents.Agent.Docker.Objects;

/// <summary>One subnet of a network.</summary>
internal sealed record IpamPool(string Subnet);
