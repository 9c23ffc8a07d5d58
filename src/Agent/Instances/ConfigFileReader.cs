using System.Formats.Tar;

namespace Agents.Agent.Instances;

/// <summary>Takes files out of an engine's answer. What a volume holds is the container's doing: only a plain file of a bounded size is read.</summary>
internal static class ConfigFileReader
{
    /// <summary>The largest file that is read.</summary>
    public const int BytesMax = 1024 * 1024;

    /// <summary>The file's content. Throws <see cref="InvalidDataException"/> for a link, a directory, what is too large, and what is no archive.</summary>
    public static async Task<byte[]> ReadAsync(Stream tar, string path, CancellationToken cancellationToken) => (await ReadFileAsync(tar, path, cancellationToken)).Content;

    /// <summary>The file, with whose it is. Throws as <see cref="ReadAsync(Stream, string, CancellationToken)"/>.</summary>
    public static async Task<ConfigFile> ReadFileAsync(Stream tar, string path, CancellationToken cancellationToken)
    {
        await using var reader = new TarReader(tar);
        if (await NextAsync(reader, path, cancellationToken) is not { } entry || !IsPlain(entry))
            throw new InvalidDataException($"{path} is no plain file");
        return new ConfigFile(path[(path.LastIndexOf('/') + 1)..], await ReadAsync(entry, path, cancellationToken), entry.Uid, entry.Gid, entry.Mode);
    }

    /// <summary>The plain files right in a directory, by their names; all else in it is passed over. Throws <see cref="InvalidDataException"/> for what is too large, and what is no archive.</summary>
    public static async Task<IReadOnlyDictionary<string, byte[]>> ReadAllAsync(Stream tar, string path, CancellationToken cancellationToken)
    {
        await using var reader = new TarReader(tar);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (await NextAsync(reader, path, cancellationToken) is { } entry)
            if (IsPlain(entry) && entry.Name.Split('/') is [_, var name])
                files[name] = await ReadAsync(entry, $"{path}/{name}", cancellationToken);
        return files;
    }

    private static bool IsPlain(TarEntry entry) => entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;

    private static async Task<byte[]> ReadAsync(TarEntry file, string path, CancellationToken cancellationToken)
    {
        if (file.Length > BytesMax)
            throw new InvalidDataException($"{path} has {file.Length} bytes, more than {BytesMax}");
        var content = new byte[file.Length];
        if (file.DataStream is { } data)
            await data.ReadExactlyAsync(content, cancellationToken);
        return content;
    }

    private static async Task<TarEntry?> NextAsync(TarReader reader, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.GetNextEntryAsync(copyData: false, cancellationToken);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException($"{path} ends early", exception);
        }
    }
}
