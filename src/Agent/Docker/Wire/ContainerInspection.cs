namespace Agents.Agent.Docker.Wire;

/// <summary>One container in full, as far as it is read.</summary>
internal sealed record ContainerInspection(
    string Id, string Name, DateTimeOffset Created, int RestartCount, ContainerStatus State, ContainerConfiguration Config,
    IReadOnlyList<ContainerMount>? Mounts = null)
{
    /// <summary>The name without the engine's leading slash.</summary>
    public string PlainName => Name.TrimStart('/');

    /// <summary>The labels; never null.</summary>
    public IReadOnlyDictionary<string, string> Labels => Config.Labels ?? new Dictionary<string, string>();

    /// <summary>The value of a label, or an empty string.</summary>
    public string Label(string key) => Labels.TryGetValue(key, out var value) ? value : "";
}
