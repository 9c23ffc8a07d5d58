namespace Agents.Agent.Docker.Objects;

/// <summary>One volume, as far as it is read.</summary>
internal sealed record VolumeInspection(
    string Name, string Driver = "local", DateTimeOffset CreatedAt = default, IReadOnlyDictionary<string, string>? Labels = null);
