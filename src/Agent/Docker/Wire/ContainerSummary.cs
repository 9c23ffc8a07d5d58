namespace Agents.Agent.Docker.Wire;

/// <summary>One container of a list.</summary>
internal sealed record ContainerSummary(string Id, IReadOnlyList<string> Names, string State, IReadOnlyDictionary<string, string>? Labels = null);
