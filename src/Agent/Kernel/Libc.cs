using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Agents.Agent.Kernel;

/// <summary>The few calls of the C library that .NET has no method for.</summary>
internal static partial class Libc
{
    /// <summary>Opens for reading, and not for children. The same on every architecture; that which asks for a directory is not.</summary>
    public const int ReadOnly = 0x80000;

    /// <summary>Opens a file; negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    /// <summary>
    /// Opens a file without leaving a directory, as <paramref name="how"/> says: the system call openat2, which the C library has no function for. Negative on failure.
    /// </summary>
    public static int OpenAt2(SafeFileHandle directory, string path, in OpenHow how)
    {
        const long openAt2 = 437; // The same on every architecture.
        return (int)SystemCall(openAt2, directory, path, in how, Marshal.SizeOf<OpenHow>());
    }

    /// <summary>Says what a descriptor is; negative on failure. The answer is a struct statx of 256 bytes.</summary>
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Statx(SafeFileHandle descriptor, string path, int flags, uint mask, Span<byte> status);

    /// <summary>Writes a file's or directory's changes to the disk; negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Fsync(int descriptor);

    /// <summary>Closes a file.</summary>
    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    /// <summary>Sends a signal to a process; negative on failure.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    /// <summary>Sets the permissions that new files of this process do not get, and answers the former ones.</summary>
    [LibraryImport("libc", EntryPoint = "umask")]
    public static partial uint Umask(uint mask);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial long SystemCall(long number, SafeFileHandle directory, string path, in OpenHow how, nint size);

    /// <summary>The kernel's struct open_how.</summary>
    /// <param name="Flags">As of open.</param>
    /// <param name="Mode">The mode of a new file.</param>
    /// <param name="Resolve">What the way to the file may not be.</param>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct OpenHow(ulong Flags, ulong Mode, ulong Resolve);
}
