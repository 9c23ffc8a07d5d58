using Agents.Agent.Docker.Objects;
using Docker.DotNet.Models;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerNetworks(DockerConnection connection) : IDockerNetworks, IDisposable
{
    private readonly SemaphoreSlim _creating = new(1, 1);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NetworkInspection>> ListAsync(string label, CancellationToken cancellationToken) =>
        ListAsync(new NetworksListParameters { Filters = DockerFilters.Label(label) }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NetworkInspection>> ListAllAsync(CancellationToken cancellationToken) => ListAsync(new NetworksListParameters(), cancellationToken);

    /// <inheritdoc/>
    public async Task<NetworkInspection?> FindAsync(string name, CancellationToken cancellationToken) =>
        await connection.FindAsync((client, token) => client.Networks.InspectNetworkAsync(Uri.EscapeDataString(name), token), cancellationToken) is { } network
            ? DockerAnswers.Network(network)
            : null;

    /// <inheritdoc/>
    public async Task CreateAsync(NetworkBody body, CancellationToken cancellationToken)
    {
        // Engines before API 1.44 make a second network of the same name unless they are asked to check, which the library has no field for.
        await _creating.WaitAsync(cancellationToken);
        try
        {
            if (await FindAsync(body.Name, cancellationToken) is { } taken && taken.Name == body.Name)
                throw new DockerException(DockerFailure.Conflict, $"network with name {body.Name} already exists");
            await connection.CallAsync((client, token) => client.Networks.CreateNetworkAsync(Parameters(body), token), cancellationToken);
        }
        finally
        {
            _creating.Release();
        }
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string name, CancellationToken cancellationToken) =>
        connection.RemoveAsync((client, token) => client.Networks.DeleteNetworkAsync(Uri.EscapeDataString(name), token), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _creating.Dispose();

    private async Task<IReadOnlyList<NetworkInspection>> ListAsync(NetworksListParameters parameters, CancellationToken cancellationToken) =>
        [.. (await connection.CallAsync((client, token) => client.Networks.ListNetworksAsync(parameters, token), cancellationToken)).Select(DockerAnswers.Network)];

    private static NetworksCreateParameters Parameters(NetworkBody body) => new()
    {
        Name = body.Name,
        Driver = body.Driver,
        Labels = new Dictionary<string, string>(body.Labels),
        IPAM = new IPAM { Config = [.. (body.IPAM.Config ?? []).Select(pool => new IPAMConfig { Subnet = pool.Subnet })] },
    };
}
