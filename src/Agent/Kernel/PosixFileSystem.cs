using System.Runtime.InteropServices;

namespace Agents.Agent.Kernel;

/// <inheritdoc/>
internal sealed class PosixFileSystem : IFileSystem
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <inheritdoc/>
    public void CreateDirectory(string path) => Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) => Directory.GetFiles(directory);

    /// <inheritdoc/>
    public byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void WriteAndSync(string path, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = OwnerOnly };
        using var stream = new FileStream(path, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void SyncDirectory(string path)
    {
        var descriptor = Libc.Open(path, Libc.ReadOnly);
        if (descriptor < 0)
            throw Failed("open", path);
        try
        {
            if (Libc.Fsync(descriptor) < 0)
                throw Failed("fsync", path);
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }
    }

    private static IOException Failed(string call, string path) => new($"{call} {path}: {Marshal.GetLastPInvokeErrorMessage()}");
}
