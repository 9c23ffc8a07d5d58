namespace Agents.Agent.Docker.Objects;

/// <summary>A named volume to mount.</summary>
internal sealed record MountBody(string Source, string Target, bool ReadOnly)
{
    /// <summary>Always a volume: host paths cannot be asked for.</summary>
    public string Type { get; } = "volume";
}
