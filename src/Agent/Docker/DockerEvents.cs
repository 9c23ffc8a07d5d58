using Agents.Agent.Docker.Objects;
using Docker.DotNet.Models;

namespace Agents.Agent.Docker;

/// <inheritdoc/>
internal sealed class DockerEvents(DockerConnection connection) : IDockerEvents
{
    /// <inheritdoc/>
    public async Task<IAsyncEnumerable<DockerEvent>> SubscribeAsync(string label, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // The library does not tell when a subscription stands, and a hanging engine would never let it stand. So a sign of life is asked for, and the subscription
        // itself is opened when its first event is read: the engine gives all those since the given time, whenever it is asked.
        await connection.CallAsync(CallLimits.Ping, (client, token) => client.System.PingAsync(token), cancellationToken);
        var parameters = new ContainerEventsParameters
        {
            Since = DockerTime.Format(since),
            Filters = DockerFilters.Of(("type", "container"), ("label", label)),
        };
        return connection.FollowAsync<Message>(
            CallLimits.Stream, (client, progress, token) => client.System.MonitorEventsAsync(parameters, progress, token), cancellationToken).Select(DockerAnswers.Event);
    }
}
