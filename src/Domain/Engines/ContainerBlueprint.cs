using System.Collections.Immutable;

namespace Agents.Domain.Engines;

/// <summary>What a container is made from. Holds no secret.</summary>
public sealed record ContainerBlueprint
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The image's reference.</summary>
    public required string Image { get; init; }

    /// <summary>The expected value of the image's label "agents.image".</summary>
    public required string ImageLabel { get; init; }

    /// <summary>The command and its arguments.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>User and group that it runs as, the owner of its directories in memory: an id of the image's.</summary>
    public required int User { get; init; }

    /// <summary>Its labels.</summary>
    public required ImmutableSortedDictionary<string, string> Labels { get; init; }

    /// <summary>The network to join.</summary>
    public required string Network { get; init; }

    /// <summary>The ports to publish, by name, each on its address.</summary>
    public required ImmutableArray<PublishedPort> Ports { get; init; }

    /// <summary>Volumes to mount: name to path.</summary>
    public required ImmutableSortedDictionary<string, string> Mounts { get; init; }

    /// <summary>Directories in memory: path to size in bytes.</summary>
    public required ImmutableSortedDictionary<string, long> TmpfsBytes { get; init; }

    /// <summary>Size of shared memory in bytes; 0 for the engine's default.</summary>
    public required long ShmBytes { get; init; }

    /// <summary>Memory limit in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Processor limit in thousandths; 0 for none.</summary>
    public required long CpuMilli { get; init; }

    /// <summary>Whether Docker starts it again by itself. False for PostgreSQL nodes: their agent alone does.</summary>
    public required bool RestartedByDocker { get; init; }

    /// <summary>How long a stop may take.</summary>
    public required TimeSpan StopTimeout { get; init; }
}
