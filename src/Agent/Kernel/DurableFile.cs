namespace Agents.Agent.Kernel;

/// <summary>A file that is replaced as a whole: after a crash at any moment it holds either what it held or what was written, and once the call has returned, the latter.</summary>
internal static class DurableFile
{
    /// <summary>The end of the names of files that are not finished; whoever reads the directory removes them.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>The end of the names of files that could not be understood and were set aside.</summary>
    public const string DamagedSuffix = ".damaged";

    /// <summary>Replaces the content. When it throws, the file holds one or the other.</summary>
    public static void Replace(IFileSystem files, string path, ReadOnlySpan<byte> content)
    {
        // The order is the point: the content must be on the disk before the name points to it, and the name before anyone is told.
        var temporary = path + TemporarySuffix;
        files.WriteAndSync(temporary, content);
        files.Rename(temporary, path);
        files.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Removes the file, durably.</summary>
    public static void Remove(IFileSystem files, string path)
    {
        files.Delete(path);
        files.SyncDirectory(Path.GetDirectoryName(path)!);
    }
}
