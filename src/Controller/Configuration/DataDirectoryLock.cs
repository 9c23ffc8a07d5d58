using Agents.Protocol.Configuration;
using Agents.Protocol.Files;

namespace Agents.Controller.Configuration;

/// <summary>Holds the data directory for one process: two controllers on one store would both take it for theirs. The kernel lets go with the process, however it ends.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Makes the directory where there is none, closes it to all but its owner, and takes it. Throws <see cref="ConfigurationException"/> when another process holds it.</summary>
    public static DataDirectoryLock Take(string directory)
    {
        try
        {
            OwnDirectory.Take(directory);
            return new DataDirectoryLock(new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ConfigurationException($"the data directory {directory} cannot be written: {exception.Message}");
        }
        catch (IOException exception)
        {
            throw new ConfigurationException($"the data directory {directory} cannot be taken; another controller may use it: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
