using Agents.Agent.Docker.Objects;

namespace Agents.Agent.Docker;

/// <summary>The engine's images. Failures are <see cref="DockerException"/>.</summary>
internal interface IDockerImages
{
    /// <summary>One image by reference, or null.</summary>
    Task<ImageInspection?> FindAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Loads the images of an archive.</summary>
    Task LoadAsync(Stream archive, CancellationToken cancellationToken);
}
