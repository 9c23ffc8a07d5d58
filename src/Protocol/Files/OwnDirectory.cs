namespace Agents.Protocol.Files;

/// <summary>A directory that is one program's alone, as what it keeps is: its store, its keys, its records.</summary>
public static class OwnDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Makes the directory where there is none, and takes every right of others to one that is there. Throws <see cref="IOException"/> when others could write to it: what they
    /// put there, as links in the place of files to come, would be taken for the program's own.
    /// </summary>
    public static void Take(string path)
    {
        Directory.CreateDirectory(path, OwnerOnly);
        var mode = File.GetUnixFileMode(path);
        if ((mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
            throw new IOException($"others may write to {path}: see that nothing in it is theirs, then chmod 700 {path}");
        if ((mode & ~OwnerOnly) != 0)
            File.SetUnixFileMode(path, OwnerOnly);
    }
}
