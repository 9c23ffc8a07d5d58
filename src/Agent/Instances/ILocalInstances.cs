using Agents.Words;

namespace Agents.Agent.Instances;

/// <summary>Finds the instances that run on this host. The engine is asked with every call; failures of the engine are thrown.</summary>
internal interface ILocalInstances
{
    /// <summary>The instance with this id, running or not; null when this host has no container of it.</summary>
    Task<LocalInstance?> FindAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>
    /// One file of the instance's configuration volume (<see cref="ConfigPaths"/>), also while the container does not run.
    /// Throws <see cref="FileNotFoundException"/> when it is not there, and <see cref="InvalidDataException"/> when it is no plain file of at most 1 MiB. The content may be
    /// a secret and is never logged.
    /// </summary>
    Task<byte[]> ReadConfigFileAsync(LocalInstance instance, string relativePath, CancellationToken cancellationToken);
}
