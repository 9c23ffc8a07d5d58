namespace Agents.Agent.Docker.Objects;

/// <summary>What a container is created from.</summary>
internal sealed record ContainerBody
{
    /// <summary>The image.</summary>
    public required string Image { get; init; }

    /// <summary>The command; the image's own when null.</summary>
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>Environment, as "key=value".</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>The labels.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>User and group; the image's own when null.</summary>
    public string? User { get; init; }

    /// <summary>The ports that it listens on, as "20000/tcp".</summary>
    public IReadOnlyDictionary<string, EmptyObject>? ExposedPorts { get; init; }

    /// <summary>The signal that stops it; the image's own when null.</summary>
    public string? StopSignal { get; init; }

    /// <summary>How long a stop may take in seconds.</summary>
    public int? StopTimeout { get; init; }

    /// <summary>What concerns the host.</summary>
    public required ContainerHostBody HostConfig { get; init; }
}
