using System.IO.Enumeration;
using System.Text.Json.Serialization;
using Agents.Agent.Docker.Objects;
using Agents.Words;

namespace Agents.Agent.Policy;

/// <summary>
/// What the administrator of this host allows, whatever a controller asks for. Privileged containers, host namespaces and host paths need no rule: they cannot be
/// asked for. Read once at start, then never changed; its members have setters because the generated reader overwrites the default of an init-only one that the file does not name.
/// </summary>
internal sealed record HostPolicy
{
    /// <summary>The storage pool of named volumes: the engine's own driver.</summary>
    public const string LocalPool = "local";

    /// <summary>References of allowed images; "*" stands for any text.</summary>
    [JsonPropertyName("allowed_images")]
    public IReadOnlyList<string> AllowedImages { get; set; } = ["agents/*"];

    /// <summary>Allowed values of the images' label "agents.image"; "*" stands for any text.</summary>
    [JsonPropertyName("allowed_image_labels")]
    public IReadOnlyList<string> AllowedImageLabels { get; set; } = ["*"];

    /// <summary>Ids (configuration digests, "sha256:…") of the only allowed images; all when empty.</summary>
    [JsonPropertyName("allowed_image_ids")]
    public IReadOnlyList<string> AllowedImageIds { get; set; } = [];

    /// <summary>The storage pools (volume drivers) in which volumes may be made.</summary>
    [JsonPropertyName("storage_pools")]
    public IReadOnlyList<string> StoragePools { get; set; } = [LocalPool];

    /// <summary>Why an image may not be fetched; null when it may.</summary>
    public string? RefuseReference(string reference, string label) =>
        !Matches(AllowedImages, reference) ? $"The image '{reference}' is not allowed on this host: add it to 'allowed_images'"
        : !Matches(AllowedImageLabels, label) ? $"Images labelled '{label}' are not allowed on this host: add it to 'allowed_image_labels'"
        : null;

    /// <summary>Why an image may not be run; null when it may.</summary>
    public string? RefuseImage(string reference, ImageInspection image) =>
        RefuseReference(reference, image.Label(ObjectLabels.Image)) ?? RefuseDigest(reference, image.Id);

    /// <summary>Why an image may be neither loaded nor run for what it is; null when it may.</summary>
    public string? RefuseDigest(string reference, string digest) =>
        AllowedImageIds.Count > 0 && !AllowedImageIds.Contains(digest)
            ? $"The image '{reference}' has the id {digest}, which is not allowed on this host: add it to 'allowed_image_ids'"
            : null;

    /// <summary>Why a volume may not be made; null when it may.</summary>
    public string? RefusePool(string pool) =>
        StoragePools.Contains(pool) ? null : $"Volumes in the storage pool '{pool}' are not allowed on this host: add it to 'storage_pools'";

    private static bool Matches(IReadOnlyList<string> patterns, string text) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false));
}
