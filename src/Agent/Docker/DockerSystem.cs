using Agents.Agent.Docker.Wire;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerSystem(DockerConnection connection) : IDockerSystem
{
    private static readonly TimeSpan s_pingTimeout = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string SettledVersion => connection.SettledVersion;

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken) =>
        connection.CallAsync(DockerRequest.Get("/_ping") with { Timeout = s_pingTimeout }, cancellationToken);

    /// <inheritdoc/>
    public Task<EngineInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        connection.CallAsync(DockerRequest.Get("/info"), DockerJson.Default.EngineInfo, cancellationToken);
}
