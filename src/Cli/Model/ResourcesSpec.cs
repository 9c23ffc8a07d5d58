namespace Agents.Cli.Model;

/// <summary>What each node may use.</summary>
internal sealed record ResourcesSpec
{
    /// <summary>Memory.</summary>
    public long? MemoryBytes { get; set; }

    /// <summary>Processor limit in thousandths.</summary>
    public long? CpuMilli { get; set; }

    /// <summary>Disk that is expected to be needed.</summary>
    public long? DiskBytes { get; set; }
}
