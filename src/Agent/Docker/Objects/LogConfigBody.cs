namespace Agents.Agent.Docker.Objects;

/// <summary>How a container's output is kept.</summary>
internal sealed record LogConfigBody(string Type, IReadOnlyDictionary<string, string> Config);
