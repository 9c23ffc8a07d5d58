using Agents.Controller.Images;
using Agents.Protocol.Configuration;
using Agents.Testing;
using Agents.Testing.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Controller.Tests.Images;

public sealed class ImageSetsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly InMemoryStore _store = new();

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task LoadAsync_OneSet_IsInTheStoreOnce()
    {
        await WriteAsync("", "17-1", "sha");

        await LoadAsync();
        await LoadAsync();

        var imageSet = Assert.Single(await _store.ReadAsync(reader => reader.ListImageSets(), CancellationToken.None));
        var image = Assert.Single(imageSet.Images);
        Assert.Equal(("17-1", "postgres", "agents/postgres:17-1", "postgres:17-1", "sha", 7), (imageSet.Version, image.Name, image.Reference, image.Label, image.ArchiveSha256, image.ArchiveBytes));
    }

    [Fact]
    public async Task LoadAsync_SeveralSets_TheLastWrittenIsTheNewest()
    {
        await WriteAsync("b", "17-1", "sha");
        await WriteAsync("a", "17-2", "sha");
        File.SetLastWriteTimeUtc(_directory.File("b/images.json"), DateTime.UtcNow.AddHours(-1));

        await LoadAsync();

        Assert.Equal(["17-2", "17-1"], (await _store.ReadAsync(reader => reader.ListImageSets(), CancellationToken.None)).Select(imageSet => imageSet.Version));
    }

    [Fact]
    public async Task LoadAsync_SameVersionOtherImages_IsRefused()
    {
        await WriteAsync("", "17-1", "sha");
        await LoadAsync();
        await WriteAsync("", "17-1", "other");

        Assert.Contains("give the new images a new version", (await Assert.ThrowsAsync<ConfigurationException>(LoadAsync)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"version":"17-1"}""")]
    public async Task LoadAsync_Malformed_NamesTheFile(string text)
    {
        await File.WriteAllTextAsync(_directory.File("images.json"), text);

        Assert.Contains("this is not an image set", (await Assert.ThrowsAsync<ConfigurationException>(LoadAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_NothingThere_IsNoErrorButAMissingDirectoryIs()
    {
        await LoadAsync();
        await Sets().LoadAsync("", CancellationToken.None);

        await Assert.ThrowsAsync<ConfigurationException>(() => Sets().LoadAsync(_directory.File("none"), CancellationToken.None));
        Assert.Empty(await _store.ReadAsync(reader => reader.ListImageSets(), CancellationToken.None));
    }

    private ImageSets Sets() => new(_store, A.Clock(), NullLogger<ImageSets>.Instance);

    private Task LoadAsync() => Sets().LoadAsync(_directory.Path, CancellationToken.None);

    private Task WriteAsync(string folder, string version, string sha)
    {
        Directory.CreateDirectory(_directory.File(folder));
        return File.WriteAllTextAsync(
            Path.Combine(_directory.File(folder), "images.json"),
            $$"""
            {"version":"{{version}}","images":[{"name":"postgres","reference":"agents/postgres:{{version}}","config_digest":"sha256:1","archive":"p.tar","archive_sha256":"{{sha}}","size_bytes":7,"packages":[]}]}
            """);
    }
}
