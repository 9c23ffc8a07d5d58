namespace Agents.Agent.Docker;

/// <summary>Files in containers, running or not. Failures are <see cref="DockerException"/>.</summary>
internal interface IDockerArchives
{
    /// <summary>Unpacks a tar archive into a directory of a container; user, group and mode are those of the archive.</summary>
    Task PutAsync(string container, string directory, Stream tar, CancellationToken cancellationToken);

    /// <summary>A tar archive of one file or directory, or null when there is none.</summary>
    Task<Stream?> GetAsync(string container, string path, CancellationToken cancellationToken);
}
