using System.IO.Enumeration;
using System.Net;
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

    /// <summary>The networks, in CIDR form, whose addresses the controller may have this host dial to see whether they are reached.</summary>
    [JsonPropertyName("dial_targets")]
    public IReadOnlyList<string> DialTargets { get; set; } = ["0.0.0.0/0", "::/0"];

    /// <summary>What one thing on this host may take at the most.</summary>
    [JsonPropertyName("limits")]
    public HostLimits Limits { get; set; } = new();

    /// <summary>What is wrong with the policy itself; null when nothing is.</summary>
    public string? FindError() =>
        DialTargets.FirstOrDefault(target => !IPNetwork.TryParse(target, out _)) is { } wrong ? $"'{wrong}' in 'dial_targets' is no network in CIDR form, as 10.0.0.0/8"
        : Limits.ContainerMemoryBytes <= 0 || Limits.ImageArchiveBytes <= 0 ? "'limits' must be above 0"
        : null;

    /// <summary>Why an address may not be dialled; null when it may.</summary>
    public string? RefuseDial(string address) =>
        IPAddress.TryParse(address, out var parsed) && !DialTargets.Any(target => IPNetwork.Parse(target).Contains(parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed))
            ? $"The address '{address}' may not be dialled from this host: add its network to 'dial_targets'"
            : null;

    /// <summary>Why a container may not be made with so much memory, 0 for any amount; null when it may.</summary>
    public string? RefuseMemory(string container, long bytes) =>
        Limits.ContainerMemoryBytes is { } max && (bytes == 0 || bytes > max)
            ? $"The container '{container}' asks for {(bytes == 0 ? "any amount" : $"{bytes} bytes")} of memory, and {max} are allowed on this host: raise 'limits.container_memory_bytes'"
            : null;

    /// <summary>Why an archive of such a size may not be fetched; null when it may.</summary>
    public string? RefuseArchive(string reference, long bytes) =>
        bytes > Limits.ImageArchiveBytes ? $"The archive of '{reference}' has {bytes} bytes, and {Limits.ImageArchiveBytes} are allowed on this host: raise 'limits.image_archive_bytes'" : null;

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

    /// <summary>Limits of this host; null for none besides those that agents have built in.</summary>
    internal sealed record HostLimits
    {
        /// <summary>Memory of one container, in bytes. Where there is such a limit, a container without one is refused.</summary>
        [JsonPropertyName("container_memory_bytes")]
        public long? ContainerMemoryBytes { get; set; }

        /// <summary>Size of one image archive, in bytes.</summary>
        [JsonPropertyName("image_archive_bytes")]
        public long? ImageArchiveBytes { get; set; }
    }
}
