using System.Text.Json.Serialization;

namespace Agents.Agent.Docker.Wire;

/// <summary>Processor time of a container.</summary>
internal sealed record CpuStats([property: JsonPropertyName("cpu_usage")] CpuUsage Usage);
