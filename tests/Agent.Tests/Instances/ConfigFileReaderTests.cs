using System.Formats.Tar;
using Agents.Agent.Instances;
using Agents.Testing.Docker;

namespace Agents.Agent.Tests.Instances;

/// <summary>What a hostile container can put where a file is read.</summary>
public sealed class ConfigFileReaderTests
{
    [Fact]
    public async Task Read_PlainFile_IsItsContent()
    {
        Assert.Equal("content"u8.ToArray(), await ReadAsync(SavedImage.File("ca.crt", "content"u8.ToArray())));
        Assert.Empty(await ReadAsync(SavedImage.File("ca.crt", [])));
    }

    [Fact]
    public async Task Read_LinkDirectoryOrTooMuch_IsRefused()
    {
        await RefusedAsync(new UstarTarEntry(TarEntryType.SymbolicLink, "ca.crt") { LinkName = "/etc/shadow" });
        await RefusedAsync(new UstarTarEntry(TarEntryType.HardLink, "ca.crt") { LinkName = "/etc/shadow" });
        await RefusedAsync(new UstarTarEntry(TarEntryType.Directory, "ca.crt"));
        await RefusedAsync(SavedImage.File("ca.crt", new byte[ConfigFileReader.BytesMax + 1]));
        await Assert.ThrowsAsync<InvalidDataException>(() => ConfigFileReader.ReadAsync(new MemoryStream(new byte[100]), "/etc/agents/ca.crt", default));
        await Assert.ThrowsAsync<InvalidDataException>(() => ConfigFileReader.ReadAsync(new MemoryStream(), "/etc/agents/ca.crt", default));
    }

    [Fact]
    public async Task ReadAll_OfADirectory_IsItsPlainFiles()
    {
        var files = await ReadAllAsync(
            new UstarTarEntry(TarEntryType.Directory, "agents/"),
            SavedImage.File("agents/ca.crt", "content"u8.ToArray()),
            new UstarTarEntry(TarEntryType.SymbolicLink, "agents/client.key") { LinkName = "/etc/shadow" },
            new UstarTarEntry(TarEntryType.HardLink, "agents/client.crt") { LinkName = "agents/ca.crt" },
            SavedImage.File("agents/deeper/client.crt", "content"u8.ToArray()));

        Assert.Equal("content"u8.ToArray(), Assert.Single(files, file => file.Key == "ca.crt").Value);
        Assert.Single(files);
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAllAsync(SavedImage.File("agents/ca.crt", new byte[ConfigFileReader.BytesMax + 1])));
        await Assert.ThrowsAsync<InvalidDataException>(() => ConfigFileReader.ReadAllAsync(new MemoryStream(new byte[100]), "/etc/agents", default));
    }

    private static Task<IReadOnlyDictionary<string, byte[]>> ReadAllAsync(params TarEntry[] entries) =>
        ConfigFileReader.ReadAllAsync(new MemoryStream(SavedImage.Tar([.. entries])), "/etc/agents", default);

    private static Task RefusedAsync(TarEntry entry) => Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(entry));

    private static Task<byte[]> ReadAsync(TarEntry entry) => ConfigFileReader.ReadAsync(new MemoryStream(SavedImage.Tar([entry])), "/etc/agents/ca.crt", default);
}
