using System.Text.Json.Serialization;

namespace Agents.Agent.Docker.Wire;

/// <summary>Processor time used since the start, in nanoseconds.</summary>
internal sealed record CpuUsage([property: JsonPropertyName("total_usage")] ulong Total);
