using Agents.Agent.Docker.Objects;

namespace Agents.Agent.Docker;

/// <summary>The engine's events.</summary>
internal interface IDockerEvents
{
    /// <summary>
    /// Subscribes to the events of containers that carry a label, those since a time included, and returns once the engine has agreed. The stream ends, or throws
    /// <see cref="DockerException"/>, when the engine goes away.
    /// </summary>
    Task<IAsyncEnumerable<DockerEvent>> SubscribeAsync(string label, DateTimeOffset since, CancellationToken cancellationToken);
}
