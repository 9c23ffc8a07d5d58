namespace Agents.Agent.Docker.Objects;

/// <summary>
/// One container in full, as far as it is read. The network's id is that of the network that it was created for: empty before its first start, null when it is not in it any more.
/// </summary>
internal sealed record ContainerInspection(
    string Id, string Name, DateTimeOffset Created, int RestartCount, ContainerStatus State, ContainerConfiguration Config,
    IReadOnlyList<ContainerMount>? Mounts = null, string? NetworkId = "")
{
    /// <summary>Whether its network is no more: found out by a list of all networks that was read after this.</summary>
    public bool IsNetworkGone { get; init; }

    /// <summary>Whether it is not in the network that it was created for any more: it was taken out of it, or the network is gone and no other of the same name takes its place.</summary>
    public bool IsDetached => NetworkId is null || IsNetworkGone;

    /// <summary>The name without the engine's leading slash.</summary>
    public string PlainName => Name.TrimStart('/');

    /// <summary>The labels; never null.</summary>
    public IReadOnlyDictionary<string, string> Labels => Config.Labels ?? new Dictionary<string, string>();

    /// <summary>The value of a label, or an empty string.</summary>
    public string Label(string key) => Labels.TryGetValue(key, out var value) ? value : "";
}
