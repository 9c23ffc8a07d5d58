using static Agents.Agent.Docker.DockerRequest;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerArchives(DockerConnection connection) : IDockerArchives
{
    private const int BufferBytes = 64 * 1024;

    /// <inheritdoc/>
    public Task PutAsync(string container, string directory, Stream tar, CancellationToken cancellationToken) => connection.CallAsync(
        new DockerRequest(HttpMethod.Put, Escape($"/containers/{container}/archive?path={directory}&noOverwriteDirNonDir=1")).WithTar(tar), cancellationToken);

    /// <inheritdoc/>
    public async Task<Stream?> GetAsync(string container, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.CallAsync<Stream>(
                Get(Escape($"/containers/{container}/archive?path={path}")), CopyAsync, cancellationToken);
        }
        catch (DockerException exception) when (exception.Failure == DockerFailure.NotFound)
        {
            return null;
        }
    }

    private static async Task<Stream> CopyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var copy = new MemoryStream();
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BufferBytes];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            copy.Write(buffer, 0, read);
            if (copy.Length > IDockerArchives.BytesMax)
                throw new DockerException(DockerFailure.Refused, $"What is there has more than {IDockerArchives.BytesMax} bytes.");
        }

        copy.Position = 0;
        return copy;
    }
}
