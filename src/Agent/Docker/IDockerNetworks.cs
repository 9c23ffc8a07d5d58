using Agents.Agent.Docker.Objects;

namespace Agents.Agent.Docker;

/// <summary>The engine's networks. Failures are <see cref="DockerException"/>.</summary>
internal interface IDockerNetworks
{
    /// <summary>All networks that carry a label.</summary>
    Task<IReadOnlyList<NetworkInspection>> ListAsync(string label, CancellationToken cancellationToken);

    /// <summary>All networks of the engine, ours and others'.</summary>
    Task<IReadOnlyList<NetworkInspection>> ListAllAsync(CancellationToken cancellationToken);

    /// <summary>One network, or null.</summary>
    Task<NetworkInspection?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Creates a network. A name that is taken is a conflict; a subnet that overlaps is refused.</summary>
    Task CreateAsync(NetworkBody body, CancellationToken cancellationToken);

    /// <summary>Removes a network; false when it was not there. One in use is refused.</summary>
    Task<bool> RemoveAsync(string name, CancellationToken cancellationToken);
}
