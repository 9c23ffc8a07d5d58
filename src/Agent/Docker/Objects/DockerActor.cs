namespace Agents.Agent.Docker.Objects;

/// <summary>What an event happened to. The attributes are the labels with some of the engine's own keys, as "name".</summary>
internal sealed record DockerActor(string ID, IReadOnlyDictionary<string, string>? Attributes = null);
