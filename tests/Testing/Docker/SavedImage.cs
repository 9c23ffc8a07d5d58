using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Agents.Testing.Docker;

/// <summary>An image as "docker save" packs it.</summary>
/// <param name="Reference">Its reference.</param>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Layer">Its one layer.</param>
internal sealed record SavedImage(string Reference, byte[] Configuration, byte[] Layer)
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>The digest of its configuration.</summary>
    public string ConfigDigest => $"sha256:{Hash(Configuration)}";

    /// <summary>Its files.</summary>
    public IReadOnlyList<TarEntry> Files => [File($"{Hash(Layer)}/layer.tar", Layer), File($"{Hash(Configuration)}.json", Configuration)];

    /// <summary>An image with a label and some files.</summary>
    public static SavedImage Of(string reference, string label, params (string Path, byte[] Content)[] files)
    {
        var layer = Tar(files.Select(file => File(file.Path, file.Content)));
        var config = Encoding.UTF8.GetBytes(
            $$$"""
            {"architecture":"amd64","os":"linux","config":{"Cmd":["/bin/busybox","sleep","1000"],"Labels":{"agents.image":"{{{label}}}"}},
            "rootfs":{"type":"layers","diff_ids":["sha256:{{{Hash(layer)}}}"]}}
            """);
        return new SavedImage(reference, config, layer);
    }

    /// <summary>An archive of images, with whatever else is to be in it.</summary>
    public static byte[] Archive(IReadOnlyList<SavedImage> images, params TarEntry[] others) =>
        Tar([.. images.SelectMany(image => image.Files), Manifest(images), .. others]);

    /// <summary>A tar of entries.</summary>
    public static byte[] Tar(IEnumerable<TarEntry> entries)
    {
        var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        return stream.ToArray();
    }

    /// <summary>A plain file of an archive.</summary>
    public static TarEntry File(string path, byte[] content) =>
        new UstarTarEntry(TarEntryType.RegularFile, path) { Mode = Executable, DataStream = new MemoryStream(content) };

    /// <summary>What an archive holds: references with their labels, as an engine reads them. Throws <see cref="InvalidDataException"/> or <see cref="FormatException"/>.</summary>
    public static IReadOnlyList<(string Reference, string Label, string ConfigDigest)> Read(Stream archive)
    {
        var files = new Dictionary<string, byte[]>();
        using var reader = new TarReader(archive, leaveOpen: true);
        while (reader.GetNextEntry(copyData: true) is { } entry)
            files[entry.Name] = entry.DataStream is { } data ? Read(data, entry.Length) : [];
        using var manifest = JsonDocument.Parse(files["manifest.json"]);
        return [.. manifest.RootElement.EnumerateArray().SelectMany(image => Read(image, files))];
    }

    private static IEnumerable<(string Reference, string Label, string ConfigDigest)> Read(JsonElement image, Dictionary<string, byte[]> files)
    {
        var content = files[image.GetProperty("Config").GetString()!];
        using var config = JsonDocument.Parse(content);
        var label = config.RootElement.GetProperty("config").GetProperty("Labels").GetProperty("agents.image").GetString()!;
        return [.. image.GetProperty("RepoTags").EnumerateArray().Select(tag => (tag.GetString()!, label, $"sha256:{Hash(content)}"))];
    }

    private static byte[] Read(Stream data, long length)
    {
        var content = new byte[length];
        data.ReadExactly(content);
        return content;
    }

    private static TarEntry Manifest(IEnumerable<SavedImage> images) => File("manifest.json", JsonSerializer.SerializeToUtf8Bytes(
        images.Select(image => new { Config = image.Files[1].Name, RepoTags = new[] { image.Reference }, Layers = new[] { image.Files[0].Name } })));

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
