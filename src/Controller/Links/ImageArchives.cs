using System.Text.Json;

namespace Agents.Controller.Links;

/// <summary>Finds archives by their SHA-256 in the indexes of the image sets. The indexes are read anew with every search, so an image set can be added at any time.</summary>
internal sealed class ImageArchives(ImageOptions options)
{
    private const string IndexName = "images.json";

    /// <summary>The path of an archive; null when no image set holds it.</summary>
    public string? Find(string sha256)
    {
        if (options.Directory.Length == 0 || !Directory.Exists(options.Directory))
            return null;
        return Directory.EnumerateDirectories(options.Directory).Prepend(options.Directory)
            .Select(directory => FindIn(directory, sha256))
            .FirstOrDefault(path => path is not null);
    }

    private static string? FindIn(string directory, string sha256)
    {
        var index = Path.Combine(directory, IndexName);
        if (!File.Exists(index))
            return null;
        using var stream = File.OpenRead(index);
        var entry = JsonSerializer.Deserialize(stream, ImageIndexJson.Default.ImageIndex)?.Images
            .FirstOrDefault(image => string.Equals(image.ArchiveSha256, sha256, StringComparison.OrdinalIgnoreCase));
        // The name stands in a file that somebody wrote: only its last part is believed.
        var path = entry is null ? null : Path.Combine(directory, Path.GetFileName(entry.Archive));
        return File.Exists(path) ? path : null;
    }
}
