namespace Agents.Agent.Docker.Wire;

/// <summary>Processor time used since the start, in nanoseconds.</summary>
internal sealed record CpuUsage(ulong Total);
