namespace Agents.Agent.Docker.Objects;

/// <summary>Processor time used since the start, in nanoseconds.</summary>
internal sealed record CpuUsage(ulong Total);
