using System.Net.ServerSentEvents;
using System.Text.Json;
using Agents.Cli.Api;
using Agents.Cli.Model;

namespace Agents.Cli.Waiting;

/// <summary>
/// Follows an operation to its end through the server's events. A stream that breaks, falls silent or ends early, as when the controller is restarted, is opened again from the
/// last event; after a minute without the server it gives up, and the operation goes on without us.
/// </summary>
internal sealed class OperationWatcher(ApiClient api, WatchLimits limits, TimeProvider timeProvider)
{
    private string _lastEventId = "";
    private long? _awaySince;

    /// <summary>Ends with the operation as it ended; tells of every change before.</summary>
    public async Task<ApiReply<Operation>> WatchAsync(string id, IWatchView view, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            string trouble;
            try
            {
                if (await FollowAsync(id, view, cancellationToken) is { } end)
                    return end;
                trouble = "the server ended the stream";
            }
            catch (Exception exception) when (IsPassing(exception, cancellationToken))
            {
                trouble = "the server cannot be reached";
            }

            attempt = _awaySince is null ? 0 : attempt;
            var since = _awaySince ??= timeProvider.GetTimestamp();
            if (timeProvider.GetElapsedTime(since) >= limits.Away)
                throw new ApiUnreachableException(Text.Invariant($"{trouble} for {limits.Away.TotalSeconds:0} s"));
            view.ShowAway(trouble);
            await Task.Delay(limits.RetryDelay(attempt), timeProvider, cancellationToken);
        }
    }

    private static bool IsPassing(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        ApiUnreachableException or IOException or HttpRequestException or JsonException => true,
        ApiProblemException problem => (int)problem.Status >= 500,
        OperationCanceledException => !cancellationToken.IsCancellationRequested, // The stream was silent for too long.
        _ => false,
    };

    private async Task<ApiReply<Operation>?> FollowAsync(string id, IWatchView view, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(limits.Silence, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        using var response = await api.OpenEventsAsync($"{Paths.One(Paths.Operations, id)}/events", _lastEventId, either.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(either.Token);

        var parser = SseParser.Create(stream, static (_, data) => data.ToArray());
        await foreach (var item in parser.EnumerateAsync(either.Token))
        {
            silence.CancelAfter(limits.Silence);
            _awaySince = null;
            if (item.EventType is not ("snapshot" or "change"))
                continue; // A ping, the word that it was the end, or what this version does not know.
            var operation = JsonSerializer.Deserialize(item.Data, ModelJson.Default.Operation)!;
            _lastEventId = parser.LastEventId;
            view.Show(operation);
            if (operation.IsDone)
                return new ApiReply<Operation>(item.Data, operation);
        }
        return null;
    }
}
