namespace Agents.Domain.Model;

/// <summary>What each node may use.</summary>
public sealed record ResourcesSpec
{
    /// <summary>Memory of a node in bytes.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Processor limit of a node in thousandths; none when null.</summary>
    public long? CpuMilli { get; init; }

    /// <summary>Disk that a node is expected to need, in bytes; checked when hosts are chosen.</summary>
    public long? DiskBytes { get; init; }
}
