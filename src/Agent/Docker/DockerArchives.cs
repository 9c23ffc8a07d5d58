using System.Formats.Tar;
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
    public async Task<bool> HasDataAsync(string container, string path, CancellationToken cancellationToken)
    {
        if (path[(path.LastIndexOf('/') + 1)..] is ['*', .. var ending])
            return await connection.FindAsync((client, token) => FindEntryAsync(client, container, path[..path.LastIndexOf('/')], ending, token), cancellationToken) is { Length: > 0 };
        var stat = await connection.FindAsync(
            (client, token) => client.Containers.GetArchiveFromContainerAsync(Uri.EscapeDataString(container), new ContainerPathStatParameters { Path = path }, statOnly: true, token), cancellationToken);
        return stat?.Stat is { Size: > 0 };
    }

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

    /// <summary>The name of the first file that is not empty; empty where there is none. The rest of the answer is not waited for: it may be large.</summary>
    private static async Task<string> FindEntryAsync(DockerClient client, string container, string directory, string ending, CancellationToken cancellationToken)
    {
        var answer = await client.Containers.GetArchiveFromContainerAsync(
            Uri.EscapeDataString(container), new ContainerPathStatParameters { Path = directory }, statOnly: false, cancellationToken);
        await using var archive = answer.Stream ?? Stream.Null;
        await using var reader = new TarReader(archive);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            if (entry.Length > 0 && entry.Name.EndsWith(ending, StringComparison.Ordinal))
                return entry.Name;
        return "";
    }
}
