namespace Agents.Agent.Docker.Wire;

/// <summary>Processor time of a container.</summary>
internal sealed record CpuStats(CpuUsage Usage);
