using Agents.Agent.Docker;
using Agents.Agent.Docker.Objects;
using Agents.Words;

namespace Agents.Agent.Observation;

/// <summary>
/// Keeps <see cref="ContainerView"/> in step with the engine: subscribes, reads everything once, then follows the events, each with a look at the container itself, and
/// lists all every 30 s, since events may be lost, and those of networks and volumes are not followed. Beside that it asks the engine for a sign of life every 5 s: one that hangs breaks no stream. When the stream ends or breaks,
/// or no sign comes, the view says so, and everything is read again as soon as the engine answers. It only reads.
/// </summary>
internal sealed class ContainerWatcher(
    IDockerSystem engine, IDockerContainers containers, IDockerEvents events, OwnObjects objects, ContainerView view, TimeProvider timeProvider,
    ILogger<ContainerWatcher> logger) : BackgroundService
{
    /// <summary>How long after one sign of life the next is asked for.</summary>
    public static readonly TimeSpan PingPeriod = TimeSpan.FromSeconds(5);

    /// <summary>How long after one list the next is made.</summary>
    public static readonly TimeSpan ListPeriod = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_pingTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(1);

    // Subscribing from a moment before asking closes the gap between the engine's answer and its own subscription; an event that is seen twice does no harm.
    private static readonly TimeSpan s_overlap = TimeSpan.FromSeconds(2);

    /// <summary>Follows one subscription to its end, or until the engine gives no sign of life.</summary>
    public async Task WatchOnceAsync(CancellationToken cancellationToken)
    {
        using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (following, asking) = (FollowAsync(turn.Token), AskAsync(turn.Token));
        try
        {
            await await Task.WhenAny(following, asking);
        }
        finally
        {
            await turn.CancelAsync();
            await Task.WhenAll(following, asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
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

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var stream = await events.SubscribeAsync(ObjectLabels.Controller, timeProvider.GetUtcNow() - s_overlap, cancellationToken);
        await objects.HaveChangedAsync(cancellationToken);
        var asked = view.Ask();
        view.Replace(await ReadAllAsync(cancellationToken), timeProvider.GetUtcNow(), asked);
        logger.EngineReached(view.Containers.Count);

        await FollowAsync(stream, cancellationToken);
    }

    private async Task FollowAsync(IAsyncEnumerable<DockerEvent> stream, CancellationToken cancellationToken)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var next = stream.GetAsyncEnumerator(reading.Token);
        var (occurring, list) = (next.MoveNextAsync().AsTask(), Task.Delay(ListPeriod, timeProvider, reading.Token));
        try
        {
            // One after the other: a list that was begun before an event must not undo it.
            while (true)
            {
                if (await Task.WhenAny(occurring, list) == list)
                {
                    await list;
                    var asked = view.Ask();
                    view.Compare(await ReadAllAsync(cancellationToken), timeProvider.GetUtcNow(), asked);
                    if (await objects.HaveChangedAsync(cancellationToken))
                        view.Renew();
                    list = Task.Delay(ListPeriod, timeProvider, reading.Token);
                    continue;
                }

                if (!await occurring)
                    return;
                await ApplyAsync(next.Current, cancellationToken);
                occurring = next.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            await reading.CancelAsync();
            await ((Task)occurring).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // A stream is not disposed of while it is read.
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await AskOnceAsync(cancellationToken);
            await Task.Delay(PingPeriod, timeProvider, cancellationToken);
        }
    }

    private async Task AskOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await engine.PingAsync(cancellationToken).WaitAsync(s_pingTimeout, timeProvider, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"The Docker Engine gives no sign of life within {s_pingTimeout.TotalSeconds} s.", exception);
        }
    }

    private async Task<IReadOnlyList<ContainerInspection>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var found = new List<ContainerInspection>();
        foreach (var summary in await containers.ListAsync(ObjectLabels.Controller, cancellationToken))
            if (await containers.FindAsync(summary.Id, cancellationToken) is { } container)
                found.Add(container);
        return await objects.JudgeNetworksAsync(found, cancellationToken);
    }

    private async Task ApplyAsync(DockerEvent occurred, CancellationToken cancellationToken)
    {
        if (occurred.Action.StartsWith("exec_", StringComparison.Ordinal))
            return; // Commands that run in a container change nothing of it, and health checks would make one event a second.
        var asked = view.Ask();
        if (await containers.FindAsync(occurred.Actor.ID, cancellationToken) is { } container)
            view.Apply(occurred.Action, container, occurred.Time, asked);
        else if (occurred.Action == "create")
            view.Renew(); // It was gone before anybody has looked at it; what it leaves behind is told all the same.
        else
            view.Remove(occurred.Action, occurred.Actor.ID, occurred.Time, asked);
    }

    private void Lose(string error)
    {
        if (view.IsReachable)
            logger.EngineLost(error);
        view.Lose(error, timeProvider.GetUtcNow());
    }
}
