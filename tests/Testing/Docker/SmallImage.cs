using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Agents.Testing.Docker;

/// <summary>The smallest image that real engines run: a static busybox, packed here as "docker save" would.</summary>
internal static class SmallImage
{
    /// <summary>Its reference.</summary>
    public const string Reference = "agents/test:1";

    /// <summary>Its label "agents.image".</summary>
    public const string Label = "test:1";

    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>The archive.</summary>
    public static byte[] Archive()
    {
        var layer = Tar([("bin/busybox", File.ReadAllBytes("/usr/bin/busybox")), ("etc/agents/from-image", "image\n"u8.ToArray())]);
        var configuration = Encoding.UTF8.GetBytes(
            $$$"""
            {"architecture":"amd64","os":"linux","config":{"Cmd":["/bin/busybox","sleep","1000"],"Labels":{"agents.image":"{{{Label}}}"}},
            "rootfs":{"type":"layers","diff_ids":["sha256:{{{Hash(layer)}}}"]}}
            """);
        var manifest = Encoding.UTF8.GetBytes($$"""[{"Config":"{{Hash(configuration)}}.json","RepoTags":["{{Reference}}"],"Layers":["layer.tar"]}]""");
        return Tar([("layer.tar", layer), ($"{Hash(configuration)}.json", configuration), ("manifest.json", manifest)]);
    }

    private static byte[] Tar(IEnumerable<(string Path, byte[] Content)> files)
    {
        var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var (path, content) in files)
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { Mode = Executable, DataStream = new MemoryStream(content) });
        return stream.ToArray();
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
