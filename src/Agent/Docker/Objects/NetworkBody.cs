namespace Agents.Agent.Docker.Objects;

/// <summary>What a network is created from.</summary>
internal sealed record NetworkBody(string Name, string Driver, bool CheckDuplicate, IpamBody IPAM, IReadOnlyDictionary<string, string> Labels);
