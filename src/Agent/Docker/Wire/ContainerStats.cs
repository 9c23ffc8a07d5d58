using System.Text.Json.Serialization;

namespace Agents.Agent.Docker.Wire;

/// <summary>Resource use of a container at one moment, as far as it is read.</summary>
internal sealed record ContainerStats
{
    /// <summary>When it was read.</summary>
    [JsonPropertyName("read")]
    public DateTimeOffset Read { get; init; }

    /// <summary>Processor time.</summary>
    [JsonPropertyName("cpu_stats")]
    public CpuStats Cpu { get; set; } = new(new CpuUsage(0));

    /// <summary>Memory.</summary>
    [JsonPropertyName("memory_stats")]
    public MemoryStats Memory { get; set; } = new();

    /// <summary>Processes.</summary>
    [JsonPropertyName("pids_stats")]
    public PidsStats Pids { get; set; } = new();

    /// <summary>Network cards by name.</summary>
    [JsonPropertyName("networks")]
    public IReadOnlyDictionary<string, NetworkStats>? Networks { get; init; }

    /// <summary>Block devices.</summary>
    [JsonPropertyName("blkio_stats")]
    public BlockStats? Block { get; init; }
}
