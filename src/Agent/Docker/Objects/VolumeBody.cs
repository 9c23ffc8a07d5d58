namespace Agents.Agent.Docker.Objects;

/// <summary>What a volume is created from.</summary>
internal sealed record VolumeBody(string Name, string Driver, IReadOnlyDictionary<string, string> Labels);
