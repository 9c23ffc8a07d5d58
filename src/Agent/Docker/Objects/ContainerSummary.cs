namespace Agents.Agent.Docker.Objects;

/// <summary>One container of a list.</summary>
internal sealed record ContainerSummary(string Id, IReadOnlyList<string> Names, string State, IReadOnlyDictionary<string, string>? Labels = null)
{
    /// <summary>Its first name, for people.</summary>
    public string PlainName => Names.Count > 0 ? Names[0].TrimStart('/') : Id;
}
