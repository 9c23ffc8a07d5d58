using System.Text.Json.Serialization;

namespace Agents.Agent.Images;

/// <summary>One image of an archive's manifest.json. Other members, as Docker's Parent, are left out on purpose: what is not read has no effect.</summary>
internal sealed record ArchiveManifest
{
    /// <summary>The file of its configuration.</summary>
    [JsonRequired]
    public string Config { get; set; } = "";

    /// <summary>Its references.</summary>
    public IReadOnlyList<string>? RepoTags { get; set; }

    /// <summary>The files of its layers, the lowest first.</summary>
    [JsonRequired]
    public IReadOnlyList<string> Layers { get; set; } = [];
}
