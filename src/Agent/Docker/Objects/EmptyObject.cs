namespace Agents.Agent.Docker.Objects;

/// <summary>An object without members: the engine's way to write a set.</summary>
internal sealed record EmptyObject;
