using Agents.Agent.Instances;
using Agents.Protocol;

namespace Agents.Agent.Images;

/// <summary>
/// Where archives are while they are on their way, within bounds: each has a largest size and has to fit on the disk, two are on their way at a time and the others wait, and what
/// nobody went on with for a day is removed at the agent's start. Safe for concurrent use.
/// </summary>
internal sealed class ArchiveDirectory(string path, Func<string, long> freeBytesOf, TimeProvider timeProvider, ILogger<ArchiveDirectory> logger) : IHostedService, IDisposable
{
    /// <summary>The size that no archive may exceed, whatever the controller says: 8 GiB, many times that of the largest one that there is.</summary>
    public const long ArchiveBytesMax = 8L << 30;

    private const int FetchesMax = 2;

    private static readonly TimeSpan s_partTime = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _slots = new(FetchesMax);

    /// <summary>An archive on its way.</summary>
    public ArchiveDownload Download(string sha256, long bytes) => new(path, sha256, bytes);

    /// <summary>Does one fetch when it is its turn, if there is room for the archive by then.</summary>
    public async Task UseAsync(ArchiveDownload download, Func<Task> fetchAsync, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(path);
            RequireRoom(download);
            await fetchAsync();
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Removes what was begun and not gone on with for a day. What cannot be removed stays until the next start.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var part in Directory.Exists(path) ? Directory.GetFiles(path, $"*{ArchiveDownload.Suffix}") : [])
                if (timeProvider.GetUtcNow() - File.GetLastWriteTimeUtc(part) > s_partTime)
                    File.Delete(part);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.SweepFailed(exception.Message);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private void RequireRoom(ArchiveDownload download)
    {
        var (missing, free) = (download.MissingBytes, freeBytesOf(path));
        if (missing > free)
            throw new CommandException(
                ErrorReasons.LimitReached, $"The image archive {download.Sha256} needs {missing} bytes more and the disk of {path} has {free} left: make room there.", ("archive_sha256", download.Sha256));
    }
}
