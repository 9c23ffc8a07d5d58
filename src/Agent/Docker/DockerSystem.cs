using Agents.Agent.Docker.Objects;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerSystem(DockerConnection connection) : IDockerSystem
{
    /// <inheritdoc/>
    public string SettledVersion => connection.SettledVersion;

    /// <inheritdoc/>
    public Task PingAsync(CancellationToken cancellationToken) =>
        connection.CallAsync(CallLimits.Ping, (client, token) => client.System.PingAsync(token), cancellationToken);

    /// <inheritdoc/>
    public async Task<EngineInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        DockerAnswers.Info(await connection.CallAsync((client, token) => client.System.GetSystemInfoAsync(token), cancellationToken));
}
