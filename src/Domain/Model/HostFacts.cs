using System.Collections.Immutable;

namespace Agents.Domain.Model;

/// <summary>What a host is made of, as its agent reports it.</summary>
public sealed record HostFacts
{
    /// <summary>The host's own name.</summary>
    public required string Hostname { get; init; }

    /// <summary>The operating system.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The kernel's version.</summary>
    public required string KernelVersion { get; init; }

    /// <summary>The processor architecture, as "amd64".</summary>
    public required string Architecture { get; init; }

    /// <summary>Logical processors.</summary>
    public required int Cpus { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Available memory in bytes.</summary>
    public required long MemoryAvailableBytes { get; init; }

    /// <summary>Size in bytes of the file system with Docker's data.</summary>
    public required long DiskBytes { get; init; }

    /// <summary>Free bytes of that file system.</summary>
    public required long DiskFreeBytes { get; init; }

    /// <summary>Whether the Docker Engine answers.</summary>
    public required bool DockerReachable { get; init; }

    /// <summary>Why it does not; empty when it does.</summary>
    public required string DockerError { get; init; }

    /// <summary>The Docker Engine's version.</summary>
    public required string DockerVersion { get; init; }

    /// <summary>The API version that was settled on.</summary>
    public required string DockerApiVersion { get; init; }

    /// <summary>Docker's storage driver.</summary>
    public required string StorageDriver { get; init; }

    /// <summary>1 or 2; 0 where it is unknown.</summary>
    public required int CgroupVersion { get; init; }

    /// <summary>Whether containers live on when the engine is restarted.</summary>
    public required bool LiveRestore { get; init; }

    /// <summary>What its agent finds wrong with the host itself.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The host's clock when the facts were read.</summary>
    public required DateTimeOffset Clock { get; init; }

    /// <summary>How far the host's clock is ahead of the controller's, within the time that the call took.</summary>
    public required TimeSpan ClockOffset { get; init; }

    /// <summary>Ranges in CIDR form that the host uses already, whoever they are of: its engine's networks, its routes and addresses.</summary>
    public ImmutableArray<string> UsedSubnets { get; init; } = [];
}
