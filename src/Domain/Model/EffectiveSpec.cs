using Agents.Domain.Kinds;

namespace Agents.Domain.Model;

/// <summary>A spec with every default filled in, as it was at create. Stored with the cluster: a later version with other defaults changes nothing that runs.</summary>
public sealed record EffectiveSpec
{
    /// <summary>The engine.</summary>
    public required Engine Engine { get; init; }

    /// <summary>The major version, as "17".</summary>
    public required string PostgresVersion { get; init; }

    /// <summary>The primary and the replicas.</summary>
    public required int NodeCount { get; init; }

    /// <summary>What a committed transaction has survived.</summary>
    public required Durability Durability { get; init; }

    /// <summary>The application's database.</summary>
    public required string Database { get; init; }

    /// <summary>The role that owns it.</summary>
    public required string Owner { get; init; }

    /// <summary>The encoding.</summary>
    public required string Encoding { get; init; }

    /// <summary>The builtin provider's locale.</summary>
    public required string Locale { get; init; }

    /// <summary>The number of instances for coordination.</summary>
    public required int CoordinatorCount { get; init; }

    /// <summary>The number of HAProxies.</summary>
    public required int ProxyCount { get; init; }

    /// <summary>Whether instances of a kind must be on different hosts.</summary>
    public required bool PlacementStrict { get; init; }

    /// <summary>Labels that a host must have.</summary>
    public required LabelSet HostLabels { get; init; }

    /// <summary>Memory of a node in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Processor limit of a node in thousandths; 0 for none.</summary>
    public required long CpuMilli { get; init; }

    /// <summary>Disk that a node is expected to need, in bytes.</summary>
    public required long DiskBytes { get; init; }

    /// <summary>Whether a delete is refused.</summary>
    public required bool DeletionProtection { get; init; }

    /// <summary>For how long a primary may give no answer before its agent ends it; zero for as long as it likes, as those may of which nothing was said.</summary>
    public TimeSpan HangTimeout { get; init; }

    /// <summary>Memory in bytes that an instance of a kind takes: nodes by the spec, all others by their kind.</summary>
    public long MemoryOf(KindProfile kind) => kind.IsNode ? MemoryBytes : kind.MemoryBytes;

    /// <summary>Disk in bytes that an instance of a kind takes.</summary>
    public long DiskOf(KindProfile kind) => kind.IsNode ? DiskBytes : kind.DiskBytes;
}
