using Agents.Agent.Docker.Wire;
using static Agents.Agent.Docker.DockerRequest;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerNetworks(DockerConnection connection) : IDockerNetworks
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<NetworkInspection>> ListAsync(string label, CancellationToken cancellationToken) => connection.CallAsync(
        Get(Escape($"/networks?filters={DockerFilters.Label(label)}")), DockerJson.Default.IReadOnlyListNetworkInspection, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NetworkInspection>> ListAllAsync(CancellationToken cancellationToken) =>
        connection.CallAsync(Get("/networks"), DockerJson.Default.IReadOnlyListNetworkInspection, cancellationToken);

    /// <inheritdoc/>
    public Task<NetworkInspection?> FindAsync(string name, CancellationToken cancellationToken) =>
        connection.FindAsync(Get(Escape($"/networks/{name}")), DockerJson.Default.NetworkInspection, cancellationToken);

    /// <inheritdoc/>
    public Task CreateAsync(NetworkBody body, CancellationToken cancellationToken) =>
        connection.CallAsync(Post("/networks/create").WithJson(body, DockerJson.Default.NetworkBody), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await connection.CallAsync(DockerRequest.Delete(Escape($"/networks/{name}")), cancellationToken);
            return true;
        }
        catch (DockerException exception) when (exception.Failure == DockerFailure.NotFound)
        {
            return false;
        }
    }
}
