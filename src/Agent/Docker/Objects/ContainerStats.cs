namespace Agents.Agent.Docker.Objects;

/// <summary>Resource use of a container at one moment, as far as it is read.</summary>
internal sealed record ContainerStats
{
    /// <summary>When it was read.</summary>
    public DateTimeOffset Read { get; init; }

    /// <summary>Processor time.</summary>
    public CpuStats Cpu { get; set; } = new(new CpuUsage(0));

    /// <summary>Memory.</summary>
    public MemoryStats Memory { get; set; } = new();

    /// <summary>Processes.</summary>
    public PidsStats Pids { get; set; } = new();

    /// <summary>Network cards by name.</summary>
    public IReadOnlyDictionary<string, NetworkStats>? Networks { get; init; }

    /// <summary>Block devices.</summary>
    public BlockStats? Block { get; init; }
}
