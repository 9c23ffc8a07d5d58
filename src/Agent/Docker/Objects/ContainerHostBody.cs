namespace Agents.Agent.Docker.Objects;

/// <summary>The part of a container's specification that concerns the host. It has no members for privileges: they cannot be asked for.</summary>
internal sealed record ContainerHostBody
{
    /// <summary>The network to join.</summary>
    public required string NetworkMode { get; init; }

    /// <summary>Published ports.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBindingBody>>? PortBindings { get; init; }

    /// <summary>Named volumes.</summary>
    public IReadOnlyList<MountBody>? Mounts { get; init; }

    /// <summary>Directories in memory with their options.</summary>
    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }

    /// <summary>Size of /dev/shm.</summary>
    public long? ShmSize { get; init; }

    /// <summary>Memory limit.</summary>
    public long? Memory { get; init; }

    /// <summary>Limit of memory and swap together; equal to <see cref="Memory"/>, so that nothing is swapped.</summary>
    public long? MemorySwap { get; init; }

    /// <summary>Processor limit in billionths.</summary>
    public long? NanoCpus { get; init; }

    /// <summary>Processes and threads at the most.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>Limits of each process.</summary>
    public IReadOnlyList<UlimitBody>? Ulimits { get; init; }

    /// <summary>What the engine does when the container exits.</summary>
    public required RestartPolicyBody RestartPolicy { get; init; }

    /// <summary>Whether the root file system is read-only.</summary>
    public bool ReadonlyRootfs { get; init; }

    /// <summary>Kernel capabilities taken away.</summary>
    public required IReadOnlyList<string> CapDrop { get; init; }

    /// <summary>Kernel capabilities given back.</summary>
    public IReadOnlyList<string>? CapAdd { get; init; }

    /// <summary>Security options.</summary>
    public required IReadOnlyList<string> SecurityOpt { get; init; }

    /// <summary>Whether a small init process reaps orphans and passes signals on.</summary>
    public bool Init { get; init; }

    /// <summary>How output is kept.</summary>
    public required LogConfigBody LogConfig { get; init; }
}
