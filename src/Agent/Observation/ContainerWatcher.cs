using Agents.Agent.Docker;
using Agents.Agent.Docker.Wire;
using Agents.Words;

namespace Agents.Agent.Observation;

/// <summary>
/// Keeps <see cref="ContainerView"/> in step with the engine: subscribes, reads everything once, then follows the events, each with a look at the container itself.
/// When the stream ends or breaks the view says so, and everything is read again as soon as the engine answers. It only reads.
/// </summary>
internal sealed class ContainerWatcher(
    IDockerContainers containers, IDockerEvents events, ContainerView view, TimeProvider timeProvider, ILogger<ContainerWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);

    // Subscribing from a moment before asking closes the gap between the engine's answer and its own subscription; an event that is seen twice does no harm.
    private static readonly TimeSpan s_overlap = TimeSpan.FromSeconds(2);

    /// <summary>Follows one subscription to its end.</summary>
    public async Task WatchOnceAsync(CancellationToken cancellationToken)
    {
        var stream = await events.SubscribeAsync(ObjectLabels.Controller, timeProvider.GetUtcNow() - s_overlap, cancellationToken);
        view.Replace(await ReadAllAsync(cancellationToken));
        logger.EngineReached(view.Containers.Count);
        await foreach (var occurred in stream.WithCancellation(cancellationToken))
            await ApplyAsync(occurred, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WatchOnceAsync(stoppingToken);
                Lose("The Docker Engine ended the event stream.");
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Lose(exception.Message);
            }

            await Task.Delay(s_retryDelay, timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<List<ContainerInspection>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var found = new List<ContainerInspection>();
        foreach (var summary in await containers.ListAsync(ObjectLabels.Controller, cancellationToken))
            if (await containers.FindAsync(summary.Id, cancellationToken) is { } container)
                found.Add(container);
        return found;
    }

    private async Task ApplyAsync(DockerEvent occurred, CancellationToken cancellationToken)
    {
        if (occurred.Action.StartsWith("exec_", StringComparison.Ordinal))
            return; // Commands that run in a container change nothing of it, and health checks would make one event a second.
        if (await containers.FindAsync(occurred.Actor.ID, cancellationToken) is { } container)
            view.Apply(occurred.Action, container, occurred.Time);
        else
            view.Remove(occurred.Action, occurred.Actor.ID, occurred.Time);
    }

    private void Lose(string error)
    {
        if (view.IsReachable)
            logger.EngineLost(error);
        view.Lose(error);
    }
}
