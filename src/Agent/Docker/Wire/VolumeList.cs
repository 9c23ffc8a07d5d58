namespace Agents.Agent.Docker.Wire;

/// <summary>The answer to a list of volumes.</summary>
internal sealed record VolumeList(IReadOnlyList<VolumeInspection>? Volumes = null);
