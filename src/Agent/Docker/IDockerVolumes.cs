using Agents.Agent.Docker.Objects;

namespace Agents.Agent.Docker;

/// <summary>The engine's volumes. Failures are <see cref="DockerException"/>.</summary>
internal interface IDockerVolumes
{
    /// <summary>All volumes that carry a label.</summary>
    Task<IReadOnlyList<VolumeInspection>> ListAsync(string label, CancellationToken cancellationToken);

    /// <summary>One volume, or null.</summary>
    Task<VolumeInspection?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Creates a volume. The engine answers success, and changes nothing, where the name is taken.</summary>
    Task CreateAsync(VolumeBody body, CancellationToken cancellationToken);

    /// <summary>Removes a volume; false when it was not there. One in use is a conflict.</summary>
    Task<bool> RemoveAsync(string name, CancellationToken cancellationToken);
}
