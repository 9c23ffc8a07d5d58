namespace Agents.Agent.Kernel;

/// <summary>
/// The steps of a durable write, one method each, so that a test can crash between any two of them. Failures are <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/>.
/// </summary>
internal interface IFileSystem
{
    /// <summary>Makes a directory, for its owner alone, with all above it.</summary>
    void CreateDirectory(string path);

    /// <summary>The paths of the files in a directory.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Reads a file; null when it does not exist.</summary>
    byte[]? Read(string path);

    /// <summary>Writes a file, for its owner alone, and waits until its content is on the disk. Its name may not be yet.</summary>
    void WriteAndSync(string path, ReadOnlySpan<byte> content);

    /// <summary>Gives a file another name in one step, in place of what has that name.</summary>
    void Rename(string from, string to);

    /// <summary>Removes a file; nothing happens when it does not exist.</summary>
    void Delete(string path);

    /// <summary>Waits until the names in a directory are on the disk.</summary>
    void SyncDirectory(string path);
}
