using System.Formats.Tar;

namespace Agents.Agent.Instances;

/// <summary>A plain file right in an instance's configuration volume.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Content">What is in it: perhaps a secret.</param>
/// <param name="UserId">Its user.</param>
/// <param name="GroupId">Its group.</param>
/// <param name="Mode">Who may read and write it.</param>
internal sealed record ConfigFile(string Name, byte[] Content, int UserId, int GroupId, UnixFileMode Mode)
{
    private const UnixFileMode AnyMode = (UnixFileMode)0b111_111_111;

    /// <summary>The archive by which it is written.</summary>
    public MemoryStream Pack()
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, Name) { Uid = UserId, Gid = GroupId, Mode = Mode & AnyMode, DataStream = new MemoryStream(Content) });
        tar.Position = 0;
        return tar;
    }
}
