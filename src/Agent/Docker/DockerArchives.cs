using Docker.DotNet;
using Docker.DotNet.Models;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerArchives(DockerConnection connection) : IDockerArchives
{
    private const int BufferBytes = 64 * 1024;

    /// <inheritdoc/>
    public Task PutAsync(string container, string directory, Stream tar, CancellationToken cancellationToken)
    {
        // The library has this name the wrong way round: true sends noOverwriteDirNonDir, with which a directory is not replaced by a file.
        var parameters = new CopyToContainerParameters { Path = directory, AllowOverwriteDirWithFile = true };
        return connection.CallAsync(
            CallLimits.Put,
            (client, token) => client.Containers.ExtractArchiveToContainerAsync(Uri.EscapeDataString(container), parameters, tar, token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(string container, string path, CancellationToken cancellationToken) => await connection.FindAsync(
        (client, token) => client.Containers.GetArchiveFromContainerAsync(
            Uri.EscapeDataString(container), new ContainerPathStatParameters { Path = path }, statOnly: true, token),
        cancellationToken) is not null;

    /// <inheritdoc/>
    public Task<Stream?> GetAsync(string container, string path, CancellationToken cancellationToken) =>
        connection.FindAsync((client, token) => CopyAsync(client, container, path, token), cancellationToken);

    private static async Task<Stream> CopyAsync(DockerClient client, string container, string path, CancellationToken cancellationToken)
    {
        var answer = await client.Containers.GetArchiveFromContainerAsync(
            Uri.EscapeDataString(container), new ContainerPathStatParameters { Path = path }, statOnly: false, cancellationToken);
        var copy = new MemoryStream();
        await using var archive = answer.Stream ?? Stream.Null;
        var buffer = new byte[BufferBytes];
        for (int read; (read = await archive.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            copy.Write(buffer, 0, read);
            if (copy.Length > IDockerArchives.BytesMax)
                throw new DockerException(DockerFailure.Refused, $"What is there has more than {IDockerArchives.BytesMax} bytes.");
        }

        copy.Position = 0;
        return copy;
    }
}
