namespace Agents.Agent.Docker;

/// <summary>Files in containers, running or not. Failures are <see cref="DockerException"/>.</summary>
internal interface IDockerArchives
{
    /// <summary>The largest answer to a read: what is in a container is the container's doing.</summary>
    const int BytesMax = 2 * 1024 * 1024;

    /// <summary>Unpacks a tar archive into a directory of a container; user, group and mode are those of the archive.</summary>
    Task PutAsync(string container, string directory, Stream tar, CancellationToken cancellationToken);

    /// <summary>Whether a file is there that is not empty: the one at a path, or, where that ends in "*" and an ending, any in its directory with that ending.</summary>
    Task<bool> HasDataAsync(string container, string path, CancellationToken cancellationToken);

    /// <summary>A tar archive of one file or directory, or null when there is none.</summary>
    Task<Stream?> GetAsync(string container, string path, CancellationToken cancellationToken);
}
