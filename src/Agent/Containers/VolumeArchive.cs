using System.Formats.Tar;
using Agents.V1;

namespace Agents.Agent.Containers;

/// <summary>Packs files for the engine, with owner and mode. Pure.</summary>
internal static class VolumeArchive
{
    private const int ModeMax = 0b111_111_111;
    private const UnixFileMode Search = UnixFileMode.UserExecute | UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The archive of files that <see cref="Require"/> lets through, at its beginning.</summary>
    public static MemoryStream Build(IReadOnlyList<VolumeFile> files)
    {
        var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            var directories = new HashSet<string>();
            foreach (var file in files)
            {
                WriteDirectories(writer, file, directories);
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, file.Path)
                {
                    Uid = file.Uid,
                    Gid = file.Gid,
                    Mode = (UnixFileMode)file.Mode,
                    DataStream = new MemoryStream(file.Content.ToByteArray()),
                });
            }
        }

        stream.Position = 0;
        return stream;
    }

    private static void WriteDirectories(TarWriter writer, VolumeFile file, HashSet<string> written)
    {
        for (var slash = file.Path.IndexOf('/'); slash >= 0; slash = file.Path.IndexOf('/', slash + 1))
            if (written.Add(file.Path[..slash]))
                writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, file.Path[..slash] + "/") { Uid = file.Uid, Gid = file.Gid, Mode = Search });
    }

    /// <summary>Checks a file's form: a path that could leave the directory, above all.</summary>
    public static void Require(VolumeFile file)
    {
        if (file.Path.Length == 0 || file.Path.Contains('\0') || file.Path.Split('/').Any(part => part is "" or "." or ".."))
            throw SpecificationRules.Invalid("files.path", $"'{file.Path}' must be a relative path without '.', '..' and empty parts");
        if (file.Mode is <= 0 or > ModeMax)
            throw SpecificationRules.Invalid("files.mode", $"of '{file.Path}' must be above 0 and at most 0777");
        if (file.Uid < 0 || file.Gid < 0)
            throw SpecificationRules.Invalid("files.uid", $"and gid of '{file.Path}' must not be negative");
    }
}
