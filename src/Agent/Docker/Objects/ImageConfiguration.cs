namespace Agents.Agent.Docker.Objects;

/// <summary>The configuration in an image, as far as it is read.</summary>
internal sealed record ImageConfiguration(IReadOnlyDictionary<string, string>? Labels = null);
