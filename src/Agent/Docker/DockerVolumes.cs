using Agents.Agent.Docker.Wire;
using static Agents.Agent.Docker.DockerRequest;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerVolumes(DockerConnection connection) : IDockerVolumes
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<VolumeInspection>> ListAsync(string label, CancellationToken cancellationToken)
    {
        var request = Get(Escape($"/volumes?filters={DockerFilters.Label(label)}"));
        return (await connection.CallAsync(request, DockerJson.Default.VolumeList, cancellationToken)).Volumes ?? [];
    }

    /// <inheritdoc/>
    public Task<VolumeInspection?> FindAsync(string name, CancellationToken cancellationToken) =>
        connection.FindAsync(Get(Escape($"/volumes/{name}")), DockerJson.Default.VolumeInspection, cancellationToken);

    /// <inheritdoc/>
    public Task CreateAsync(VolumeBody body, CancellationToken cancellationToken) =>
        connection.CallAsync(Post("/volumes/create").WithJson(body, DockerJson.Default.VolumeBody), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await connection.CallAsync(DockerRequest.Delete(Escape($"/volumes/{name}")), cancellationToken);
            return true;
        }
        catch (DockerException exception) when (exception.Failure == DockerFailure.NotFound)
        {
            return false;
        }
    }
}
