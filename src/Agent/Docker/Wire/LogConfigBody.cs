namespace Agents.Agent.Docker.Wire;

/// <summary>How a container's output is kept.</summary>
internal sealed record LogConfigBody(string Type, IReadOnlyDictionary<string, string> Config);
