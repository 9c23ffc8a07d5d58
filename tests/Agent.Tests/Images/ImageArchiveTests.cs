using System.Formats.Tar;
using Agents.Agent.Images;
using Agents.Agent.Instances;
using Agents.Testing;
using Agents.Testing.Docker;

namespace Agents.Agent.Tests.Images;

/// <summary>What an archive may hold, and what of it an engine is given.</summary>
public sealed class ImageArchiveTests : IDisposable
{
    private static readonly SavedImage s_image = SavedImage.Of("agents/new:1", "new:1", ("file", "content"u8.ToArray()));

    private readonly TemporaryDirectory _directory = new();

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Read_OneImage_IsSentWithoutWhatElseThereIs()
    {
        var index = """{"manifests":[{"annotations":{"io.containerd.image.name":"docker.io/library/evil:1"}}]}"""u8.ToArray();
        var archive = await ReadAsync([s_image], SavedImage.File("index.json", index), SavedImage.File("oci-layout", "{}"u8.ToArray()), SavedImage.File("repositories", "{}"u8.ToArray()));
        var sent = new MemoryStream();

        await archive.SendAsync(stream => stream.CopyToAsync(sent), default).DefaultTimeout();

        Assert.Equal((s_image.ConfigDigest, "new:1"), (archive.ConfigDigest, archive.Label));
        sent.Position = 0;
        Assert.Equal([("agents/new:1", "new:1", s_image.ConfigDigest)], SavedImage.Read(sent));
        Assert.Equal([.. s_image.Files.Select(file => file.Name), "manifest.json"], Names(sent));
    }

    [Fact]
    public async Task Send_ReaderThatFails_EndsWithItsFailure()
    {
        var large = SavedImage.Of("agents/new:1", "new:1", ("file", new byte[4 * 1024 * 1024]));
        var archive = await ReadAsync([large]);

        await Assert.ThrowsAsync<IOException>(() => archive.SendAsync(_ => throw new IOException("the engine is away"), default)).DefaultTimeout();
    }

    [Fact]
    public async Task Send_FileThatIsGoneMeanwhile_FailsTheReader()
    {
        var archive = await ReadAsync([s_image]);
        File.Delete(Path);

        await Assert.ThrowsAsync<FileNotFoundException>(() => archive.SendAsync(stream => stream.CopyToAsync(Stream.Null), default)).DefaultTimeout();
    }

    [Fact]
    public async Task Read_MoreOrOtherThanTheImage_IsRefused()
    {
        await RefusedAsync("agents/second:1", [s_image, SavedImage.Of("agents/second:1", "second:1")]);
        await RefusedAsync("debian:trixie-slim", [SavedImage.Of("debian:trixie-slim", "new:1")]);
        await RefusedAsync("no image", Array.Empty<SavedImage>());
    }

    [Fact]
    public async Task Read_FilesThatHaveNoPlaceThere_AreRefused()
    {
        await RefusedAsync("'link' is neither", [s_image], new UstarTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "/etc/shadow" });
        await RefusedAsync("'hard' is neither", [s_image], new UstarTarEntry(TarEntryType.HardLink, "hard") { LinkName = "/etc/shadow" });
        await RefusedAsync("'../../escape' lies outside", [s_image], SavedImage.File("../../escape", []));
        await RefusedAsync("'/etc/cron.d/x' lies outside", [s_image], SavedImage.File("/etc/cron.d/x", []));
        await RefusedAsync("'manifest.json' twice", [s_image], SavedImage.File("manifest.json", "[]"u8.ToArray()));
    }

    [Fact]
    public async Task Read_ManifestOutOfBounds_IsRefused()
    {
        await RefusedAsync("more than 1048576", SavedImage.Tar([SavedImage.File("manifest.json", new byte[1024 * 1024 + 1])]));
        await RefusedAsync("no manifest.json", SavedImage.Tar([SavedImage.File("other.json", [])]));
        await RefusedAsync("cannot be read", SavedImage.Tar([SavedImage.File("manifest.json", "{"u8.ToArray())]));
        await RefusedAsync("cannot be read", SavedImage.Tar([SavedImage.File("manifest.json", """[{"Config":null,"Layers":[]}]"""u8.ToArray())]));
        await RefusedAsync("'none.json' is missing", SavedImage.Tar([SavedImage.File("manifest.json", """[{"Config":"none.json","Layers":[]}]"""u8.ToArray())]));
        await RefusedAsync("cannot be read", Enumerable.Repeat((byte)'x', 2048).ToArray());
    }

    private string Path => System.IO.Path.Combine(_directory.Path, "archive.tar");

    private Task<ImageArchive> ReadAsync(SavedImage[] images, params TarEntry[] others) => ReadAsync(SavedImage.Archive(images, others));

    private async Task<ImageArchive> ReadAsync(byte[] archive)
    {
        await File.WriteAllBytesAsync(Path, archive);
        return await ImageArchive.ReadAsync(Path, "agents/new:1", default);
    }

    private Task RefusedAsync(string expected, SavedImage[] images, params TarEntry[] others) => RefusedAsync(expected, SavedImage.Archive(images, others));

    private async Task RefusedAsync(string expected, byte[] archive) =>
        Assert.Contains(expected, (await Assert.ThrowsAsync<CommandException>(() => ReadAsync(archive))).Message, StringComparison.Ordinal);

    private static List<string> Names(MemoryStream archive)
    {
        archive.Position = 0;
        using var reader = new TarReader(archive, leaveOpen: true);
        var names = new List<string>();
        while (reader.GetNextEntry() is { } entry)
            names.Add(entry.Name);
        return names;
    }
}
