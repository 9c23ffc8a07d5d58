using System.Runtime.InteropServices;

namespace Agents.Agent.Kernel;

/// <summary>The few calls of the C library that .NET has no method for.</summary>
internal static partial class Libc
{
    /// <summary>Opens only what is a directory.</summary>
    public const int OpenDirectory = 0x10000;

    /// <summary>Opens a file; negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    /// <summary>Writes a file's or directory's changes to the disk; negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Fsync(int descriptor);

    /// <summary>Closes a file.</summary>
    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    /// <summary>Sets the permissions that new files of this process do not get, and answers the former ones.</summary>
    [LibraryImport("libc", EntryPoint = "umask")]
    public static partial uint Umask(uint mask);
}
