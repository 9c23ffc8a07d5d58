namespace Agents.Agent.Docker.Objects;

/// <summary>One image, as far as it is read. Its id differs between storage drivers, so it is compared by label.</summary>
internal sealed record ImageInspection(string Id, IReadOnlyList<string>? RepoTags = null, ImageConfiguration? Config = null)
{
    /// <summary>The value of a label, or an empty string.</summary>
    public string Label(string key) => Config?.Labels is { } labels && labels.TryGetValue(key, out var value) ? value : "";
}
