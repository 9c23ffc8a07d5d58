using System.Security.Cryptography;
using Agents.Agent.Instances;
using Agents.Protocol;

namespace Agents.Agent.Images;

/// <summary>
/// Brings one archive to the host, going on where an earlier attempt ended, and gives it out only when size and hash are as expected. A part that turns out wrong is
/// removed. One at a time for each archive.
/// </summary>
internal sealed class ArchiveDownload(string directory, string sha256, long bytes)
{
    /// <summary>How the name of an archive that is not finished ends.</summary>
    public const string Suffix = ".part";

    private const int BufferBytes = 128 * 1024;

    private long _receivedBytes;

    /// <summary>Where the archive is, finished or not.</summary>
    public string FilePath => Path.Combine(directory, sha256 + Suffix);

    /// <summary>The hex SHA-256 that it is to have.</summary>
    public string Sha256 => sha256;

    /// <summary>How much of it is not on the disk.</summary>
    public long MissingBytes => bytes - (File.Exists(FilePath) ? Math.Min(new FileInfo(FilePath).Length, bytes) : 0);

    /// <summary>Bytes on the host.</summary>
    public long ReceivedBytes => Interlocked.Read(ref _receivedBytes);

    /// <summary>Fetches what is missing and checks the whole.</summary>
    public async Task FetchAsync(IImageSource source, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        await using (var file = new FileStream(FilePath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, BufferBytes, useAsync: true))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await HashPresentAsync(file, hash, cancellationToken);
            await foreach (var piece in source.ReadAsync(sha256, ReceivedBytes, cancellationToken))
            {
                hash.AppendData(piece.Span);
                await file.WriteAsync(piece, cancellationToken);
                if (Interlocked.Add(ref _receivedBytes, piece.Length) > bytes)
                    break;
            }

            if (ReceivedBytes == bytes && Convert.ToHexStringLower(hash.GetCurrentHash()) == sha256)
                return;
        }

        if (ReceivedBytes < bytes)
            throw new IOException($"The transfer of the image archive {sha256} ended after {ReceivedBytes} of {bytes} bytes; it will be resumed.");
        File.Delete(FilePath);
        throw new CommandException(
            ErrorReasons.ImageMissing, $"The image archive {sha256} arrived with another size or hash and was thrown away.", ("archive_sha256", sha256));
    }

    private async Task HashPresentAsync(FileStream file, IncrementalHash hash, CancellationToken cancellationToken)
    {
        if (file.Length > bytes)
            file.SetLength(0);
        var buffer = new byte[BufferBytes];
        for (int read; (read = await file.ReadAsync(buffer, cancellationToken)) > 0;)
            hash.AppendData(buffer, 0, read);
        Interlocked.Exchange(ref _receivedBytes, file.Length);
    }
}
