using System.Formats.Tar;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Agents.Agent.Instances;
using Agents.Protocol;

namespace Agents.Agent.Images;

/// <summary>
/// An image's archive, as "docker save" writes it, read before an engine gets to see it. It must hold one image under the one expected tag; what an engine is given
/// is written anew from what was read, so that nothing else in the file (other tags, an index of another format, links) can have a meaning there.
/// </summary>
internal sealed class ImageArchive
{
    private const int EntriesMax = 10_000;
    private const int DocumentBytesMax = 1024 * 1024;
    private const string ManifestName = "manifest.json";

    private readonly string _path;
    private readonly ArchiveManifest _manifest;

    private ImageArchive(string path, ArchiveManifest manifest, string configDigest, string label)
    {
        _path = path;
        _manifest = manifest;
        ConfigDigest = configDigest;
        Label = label;
    }

    /// <summary>The digest of the image's configuration, which names every layer: "sha256:…".</summary>
    public string ConfigDigest { get; }

    /// <summary>The image's label "agents.image"; empty without one.</summary>
    public string Label { get; }

    /// <summary>Reads an archive that must hold this image alone. Throws <see cref="CommandException"/> with what it holds instead.</summary>
    public static async Task<ImageArchive> ReadAsync(string path, string reference, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = RequireOne(await ReadManifestAsync(path, cancellationToken), reference);
            var config = await FindDocumentAsync(path, manifest.Config, cancellationToken) ?? throw Refuse("its image has no configuration");
            var label = JsonSerializer.Deserialize(config, ArchiveJson.Default.ArchiveConfig)?.Label ?? "";
            return new ImageArchive(path, manifest, $"sha256:{Convert.ToHexStringLower(SHA256.HashData(config))}", label);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or JsonException or FormatException)
        {
            throw Refuse($"it cannot be read: {exception.Message}");
        }
    }

    /// <summary>Gives a reader the image and nothing else, as a tar. Ends early when the reader throws.</summary>
    public async Task SendAsync(Func<Stream, Task> readAsync, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(pipe.Writer, stop.Token);
        try
        {
            await readAsync(pipe.Reader.AsStream());
        }
        finally
        {
            await stop.CancelAsync();
            await pipe.Reader.CompleteAsync();
            await writing; // It never throws: what went wrong with it, the reader has met.
        }
    }

    private async Task WriteAsync(PipeWriter pipe, CancellationToken cancellationToken)
    {
        try
        {
            await using (var writer = new TarWriter(pipe.AsStream(leaveOpen: true), TarEntryFormat.Pax, leaveOpen: true))
            {
                HashSet<string> wanted = [_manifest.Config, .. _manifest.Layers];
                await foreach (var entry in EntriesAsync(_path, cancellationToken))
                    if (wanted.Contains(entry.Name))
                        await WriteAsync(writer, entry.Name, entry.DataStream ?? Stream.Null, cancellationToken);
                var manifest = JsonSerializer.SerializeToUtf8Bytes([_manifest], ArchiveJson.Default.ArchiveManifestArray);
                await WriteAsync(writer, ManifestName, new MemoryStream(manifest), cancellationToken);
            }

            await pipe.CompleteAsync();
        }
        catch (Exception exception)
        {
            await pipe.CompleteAsync(exception);
        }
    }

    private static Task WriteAsync(TarWriter writer, string name, Stream content, CancellationToken cancellationToken) =>
        writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content }, cancellationToken);

    /// <summary>The archive's manifest. The whole archive is gone through, so that all of it is known to be as it should be.</summary>
    private static async Task<ArchiveManifest[]> ReadManifestAsync(string path, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        byte[]? manifest = null;
        await foreach (var entry in EntriesAsync(path, cancellationToken))
        {
            if (!names.Add(entry.Name))
                throw Refuse($"it holds '{entry.Name}' twice");
            if (names.Count > EntriesMax)
                throw Refuse($"it holds more than {EntriesMax} files");
            if (entry.Name == ManifestName)
                manifest = await ContentAsync(entry, cancellationToken);
        }

        var images = manifest is null ? null : JsonSerializer.Deserialize(manifest, ArchiveJson.Default.ArchiveManifestArray);
        if ((images ?? throw Refuse($"it has no {ManifestName}")).FirstOrDefault() is { } image && image.Layers.Append(image.Config).FirstOrDefault(name => !names.Contains(name)) is { } missing)
            throw Refuse($"'{missing}' is missing");
        return images;
    }

    private static ArchiveManifest RequireOne(ArchiveManifest[] images, string reference)
    {
        if (images is [{ RepoTags: [var tag] } only] && tag == reference)
            return only;
        var tags = images.SelectMany(image => image.RepoTags is { Count: > 0 } found ? found : ["an image without a tag"]).ToList();
        throw Refuse($"it holds {(tags.Count == 0 ? "no image" : string.Join(", ", tags.Take(10)))} where {reference} alone is expected", ("expected", reference));
    }

    private static async Task<byte[]?> FindDocumentAsync(string path, string name, CancellationToken cancellationToken)
    {
        await foreach (var entry in EntriesAsync(path, cancellationToken))
            if (entry.Name == name)
                return await ContentAsync(entry, cancellationToken);
        return null;
    }

    /// <summary>The files of the archive. Anything but plain files and directories within it is refused: neither an engine nor we follow links.</summary>
    private static async IAsyncEnumerable<TarEntry> EntriesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var reader = new TarReader(file);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.Directory))
                throw Refuse($"'{entry.Name}' is neither a file nor a directory ({entry.EntryType})");
            if (entry.Name.StartsWith('/') || entry.Name.Split('/').Contains(".."))
                throw Refuse($"'{entry.Name}' lies outside of it");
            if (entry.EntryType != TarEntryType.Directory)
                yield return entry;
        }
    }

    private static async Task<byte[]> ContentAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Length > DocumentBytesMax)
            throw Refuse($"'{entry.Name}' has {entry.Length} bytes, more than {DocumentBytesMax}");
        var content = new byte[entry.Length];
        if (entry.DataStream is { } data)
            await data.ReadExactlyAsync(content, cancellationToken);
        return content;
    }

    private static CommandException Refuse(string what, params (string, string)[] metadata) =>
        new(ErrorReasons.ImageMissing, $"The image archive was not loaded: {what}.", metadata);
}
