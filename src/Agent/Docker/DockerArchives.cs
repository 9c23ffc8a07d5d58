using static Agents.Agent.Docker.DockerRequest;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerArchives(DockerConnection connection) : IDockerArchives
{
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
        await response.Content.CopyToAsync(copy, cancellationToken);
        copy.Position = 0;
        return copy;
    }
}
