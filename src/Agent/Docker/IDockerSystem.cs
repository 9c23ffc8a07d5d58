using Agents.Agent.Docker.Objects;

namespace Agents.Agent.Docker;

/// <summary>The engine itself. Failures are <see cref="DockerException"/>.</summary>
internal interface IDockerSystem
{
    /// <summary>The API version settled on; empty before the first answer.</summary>
    string SettledVersion { get; }

    /// <summary>Asks for a sign of life, the cheapest call there is. An engine that gives none within 5 s is <see cref="DockerFailure.Unreachable"/>.</summary>
    Task PingAsync(CancellationToken cancellationToken);

    /// <summary>What the engine says of itself.</summary>
    Task<EngineInfo> GetInfoAsync(CancellationToken cancellationToken);
}
