using Agents.Protocol.Configuration;
using Agents.Protocol.Files;

namespace Agents.Agent.LocalSocket;

/// <summary>Holds a data directory for one agent process alone: two writers of one record would undo each other's fences. Given back when the process ends, however it ends.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the directory, and closes it to all but its owner. Throws <see cref="ConfigurationException"/> when another process has it or it cannot be written.</summary>
    public static DataDirectoryLock Take(string directory)
    {
        try
        {
            OwnDirectory.Take(directory);
            return new DataDirectoryLock(new FileStream(Path.Combine(directory, "agent.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The data directory {directory} cannot be used, perhaps by another agent: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
