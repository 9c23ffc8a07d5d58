using System.Runtime.InteropServices;

namespace Agents.Agent.Identity;

/// <summary>Makes a rename in a directory durable, which .NET has no call for.</summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0x80000; // O_RDONLY | O_CLOEXEC: O_DIRECTORY is another number on other architectures, where this one stands for direct access.

    /// <summary>Synchronises a directory.</summary>
    public static void Flush(string path)
    {
        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
            throw new IOException($"cannot open the directory {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            if (Fsync(descriptor) != 0)
                throw new IOException($"cannot synchronise the directory {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
