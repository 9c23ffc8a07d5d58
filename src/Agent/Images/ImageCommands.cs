using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Agents.Agent.Containers;
using Agents.Agent.Docker;
using Agents.Agent.Instances;
using Agents.Agent.Policy;
using Agents.Protocol;
using Agents.Words;

namespace Agents.Agent.Images;

/// <summary>
/// Says which images are on the host, and brings those that are not. What one caller has begun goes on when he leaves, and others join it; a broken transfer is
/// resumed by the next call.
/// </summary>
internal sealed partial class ImageCommands(
    IDockerImages images, PolicyGate policy, ArchiveDirectory archives, TimeProvider timeProvider, IHostApplicationLifetime lifetime, ILogger<ImageCommands> logger,
    IImageSource? source = null)
{
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Lazy<ImageFetch>> _fetches = new();

    /// <summary>The label of an image, compared with ours and never by the engine's id; empty when the image is not there.</summary>
    public async Task<string> FindLabelAsync(string reference, CancellationToken cancellationToken) =>
        (await images.FindAsync(reference, cancellationToken))?.Label(ObjectLabels.Image) ?? "";

    /// <summary>Makes sure that an image is on the host; tells the progress, and last that it is present.</summary>
    public async IAsyncEnumerable<ImageProgress> EnsureAsync(ImageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Require(request);
        if (await FindLabelAsync(request.Reference, cancellationToken) != request.Label)
        {
            policy.RequireArchive(request.Reference, request.ArchiveBytes);
            policy.RequireDigest(request.Reference, request.ConfigDigest); // Before a byte of it is fetched; what it turns out to be is asked again.
            var fetch = _fetches.GetOrAdd(request.ArchiveSha256 + request.Reference, key => new Lazy<ImageFetch>(() => Begin(key, request))).Value;
            while (!fetch.Done.IsCompleted)
            {
                yield return new ImageProgress(fetch.Download.ReceivedBytes, IsPresent: false);
                await Task.WhenAny(fetch.Done, Task.Delay(s_progressInterval, timeProvider, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }

            await fetch.Done;
        }

        yield return new ImageProgress(request.ArchiveBytes, IsPresent: true);
    }

    private ImageFetch Begin(string key, ImageRequest request)
    {
        var download = archives.Download(request.ArchiveSha256, request.ArchiveBytes);
        return new ImageFetch(download, FetchAsync(key, request, download, lifetime.ApplicationStopping));
    }

    private async Task FetchAsync(string key, ImageRequest request, ArchiveDownload download, CancellationToken cancellationToken)
    {
        await Task.Yield(); // Whoever began it goes on to tell the progress.
        try
        {
            if (source is null)
                throw new CommandException(ErrorReasons.HostDisconnected, "This agent has no controller to fetch images from: set 'controller_address'.");
            await archives.UseAsync(
                download,
                async () =>
                {
                    await download.FetchAsync(source, cancellationToken);
                    await LoadAsync(request, download, cancellationToken);
                },
                cancellationToken);
            logger.ImageLoaded(request.Reference, request.ArchiveBytes);
        }
        finally
        {
            _fetches.TryRemove(key, out _);
        }
    }

    private async Task LoadAsync(ImageRequest request, ArchiveDownload download, CancellationToken cancellationToken)
    {
        try
        {
            var archive = await ImageArchive.ReadAsync(download.FilePath, request.Reference, cancellationToken);
            RequireContent(request, archive);
            await archive.SendAsync(stream => images.LoadAsync(stream, cancellationToken), cancellationToken);
        }
        finally
        {
            File.Delete(download.FilePath); // One that was refused would be refused again.
        }

        if (await FindLabelAsync(request.Reference, cancellationToken) is var label && label != request.Label)
            throw new CommandException(
                ErrorReasons.ImageMissing, $"The archive holds no image {request.Reference} labelled '{request.Label}'.",
                ("image", request.Reference), ("expected", request.Label), ("found", label));
    }

    private void RequireContent(ImageRequest request, ImageArchive archive)
    {
        policy.RequireDigest(request.Reference, archive.ConfigDigest);
        RequireSame(request, "configuration", request.ConfigDigest, archive.ConfigDigest);
        RequireSame(request, "label", request.Label, archive.Label);
    }

    private static void RequireSame(ImageRequest request, string what, string expected, string found)
    {
        if (found != expected)
            throw new CommandException(
                ErrorReasons.ImageMissing, $"The image archive was not loaded: the {what} of {request.Reference} in it is '{found}' and not '{expected}'.",
                ("image", request.Reference), ("expected", expected), ("found", found));
    }

    private void Require(ImageRequest request)
    {
        if (request.Reference.Length == 0 || request.Label.Length == 0)
            throw SpecificationRules.Invalid("image", "needs a reference and a label");
        if (!Sha256().IsMatch(request.ArchiveSha256))
            throw SpecificationRules.Invalid("archive_sha256", "must be 64 lower-case hex digits");
        if (!ConfigDigest().IsMatch(request.ConfigDigest))
            throw SpecificationRules.Invalid("config_digest", "must be 'sha256:' and 64 lower-case hex digits");
        if (request.ArchiveBytes is <= 0 or > ArchiveDirectory.ArchiveBytesMax)
            throw SpecificationRules.Invalid("archive_bytes", $"must be from 1 to {ArchiveDirectory.ArchiveBytesMax}");
        policy.RequireReference(request.Reference, request.Label);
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Sha256();

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex ConfigDigest();
}
