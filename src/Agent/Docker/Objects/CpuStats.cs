namespace Agents.Agent.Docker.Objects;

/// <summary>Processor time of a container.</summary>
internal sealed record CpuStats(CpuUsage Usage);
