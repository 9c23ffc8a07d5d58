namespace Agents.Agent.Docker.Objects;

/// <summary>Where a port is published.</summary>
internal sealed record PortBindingBody(string HostIp, string HostPort);
