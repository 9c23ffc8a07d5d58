using System.Text.Json;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Protocol.Configuration;

namespace Agents.Controller.Images;

/// <summary>
/// Takes the image sets of a directory into the store at start, oldest first, so that new clusters are made from the newest. One that is there already is left alone; the same
/// version with other images is refused, because clusters are pinned to it.
/// </summary>
internal sealed class ImageSets(IStore store, TimeProvider timeProvider, ILogger<ImageSets> logger)
{
    private const string FileName = "images.json";

    /// <summary>Takes what a directory holds: an image set, or one directory for each.</summary>
    public async Task LoadAsync(string directory, CancellationToken cancellationToken)
    {
        if (directory.Length == 0)
            return;
        if (!Directory.Exists(directory))
            throw new ConfigurationException($"'images_directory': there is no directory {directory}.");
        var files = Directory.EnumerateDirectories(directory).Append(directory).Select(path => Path.Combine(path, FileName)).Where(File.Exists)
            .OrderBy(File.GetLastWriteTimeUtc).ThenBy(path => path, StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            Log.NoImages(logger, directory);
        foreach (var file in files)
            await LoadFileAsync(file, cancellationToken);
    }

    private async Task LoadFileAsync(string file, CancellationToken cancellationToken)
    {
        var imageSet = Read(file);
        try
        {
            var isNew = await store.WriteAsync(writer => Add(writer, imageSet), cancellationToken);
            if (isNew)
                Log.ImageSetAdded(logger, imageSet.Version, file);
        }
        catch (InvalidOperationException exception)
        {
            throw new ConfigurationException($"{file}: {exception.Message}");
        }
    }

    private bool Add(IStoreWriter writer, ImageSet imageSet)
    {
        var isNew = writer.FindImageSet(imageSet.Version) is null;
        writer.AddImageSet(imageSet);
        if (isNew)
            writer.AddEvent(new NewEvent("image_set.added", "", imageSet.Version, Origin.System, "{}", timeProvider.GetUtcNow()));
        return isNew;
    }

    private static ImageSet Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var content = JsonSerializer.Deserialize(stream, ImageSetJson.Default.ImageSetFile) ?? throw new JsonException("it is empty");
            return new ImageSet(content.Version, [.. content.Images.Select(ToDomain)]);
        }
        catch (JsonException exception)
        {
            throw new ConfigurationException($"{file}: this is not an image set: {exception.Message}");
        }
    }

    private static ImageSetImage ToDomain(ImageSetFileEntry entry) => new()
    {
        Name = entry.Name,
        Reference = entry.Reference,
        Label = entry.Reference[(entry.Reference.LastIndexOf('/') + 1)..],
        ConfigDigest = entry.ConfigDigest,
        ArchiveSha256 = entry.ArchiveSha256,
        ArchiveBytes = entry.SizeBytes,
    };
}
