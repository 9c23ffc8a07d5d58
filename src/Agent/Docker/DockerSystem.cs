using Agents.Agent.Docker.Wire;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerSystem(DockerConnection connection) : IDockerSystem
{
    /// <inheritdoc/>
    public string SettledVersion => connection.SettledVersion;

    /// <inheritdoc/>
    public Task<EngineInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        connection.CallAsync(DockerRequest.Get("/info"), DockerJson.Default.EngineInfo, cancellationToken);
}
