using System.Globalization;
using System.Text;
using Agents.Controller.Api.Facades;
using Agents.V1;

namespace Agents.Controller.Api.Rest.Endpoints;

/// <summary>
/// An operation as server-sent events: first a "snapshot", then a "change" with every change, a "ping" every 15 s of silence, and "end" with its end. The ids are sequences of the
/// store, so a client that comes back after a restart of the controller loses nothing; one that has seen the end gets 204, which tells a browser not to come again.
/// </summary>
internal sealed class OperationEvents(OperationFacade operations, IHostApplicationLifetime lifetime, TimeProvider timeProvider)
{
    /// <summary>The silence after which a ping is sent.</summary>
    public static TimeSpan PingPeriod { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Writes the events until the end of the operation, of the connection or of the controller.</summary>
    public async Task WriteAsync(RestCall call)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, lifetime.ApplicationStopping);
        try
        {
            await using var changes = operations.WatchAsync(call.Id, call.Caller, source.Token).GetAsyncEnumerator(source.Token);
            await changes.MoveNextAsync(); // Refused here when there is no such operation: nothing is sent yet.
            if (IsEnded(changes.Current.Operation) && LastSeen(call) >= changes.Current.Sequence)
            {
                call.Context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }
            call.Context.Response.ContentType = "text/event-stream; charset=utf-8";
            call.Context.Response.Headers["X-Accel-Buffering"] = "no"; // A proxy that gathers an answer before it passes it on would hold the events back until the end.
            await WriteAsync(call.Context.Response, "snapshot", changes.Current, source.Token);
            await FollowAsync(call.Context.Response, changes, source);
        }
        catch (OperationCanceledException) when (source.IsCancellationRequested)
        {
            // The client went away, or we do: it comes back with the last id that it has seen.
        }
    }

    private async Task FollowAsync(HttpResponse response, IAsyncEnumerator<(long Sequence, Operation Operation)> changes, CancellationTokenSource source)
    {
        var next = changes.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                if (!await IsReadyAsync(next, source.Token))
                    await SendAsync(response, "event: ping\ndata: {}\n\n", source.Token);
                else if (!await next)
                    break;
                else
                {
                    await WriteAsync(response, "change", changes.Current, source.Token);
                    next = changes.MoveNextAsync().AsTask();
                }
            }
        }
        finally
        {
            // What is still being waited for must have ended before it is disposed of: else that throws, and the answer is cut off instead of ended.
            if (!next.IsCompleted)
                await source.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await SendAsync(response, "event: end\ndata: {}\n\n", source.Token);
    }

    private async Task<bool> IsReadyAsync(Task<bool> next, CancellationToken cancellationToken)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(next, Task.Delay(PingPeriod, timeProvider, source.Token));
        await source.CancelAsync();
        return first == next;
    }

    private static Task WriteAsync(HttpResponse response, string name, (long Sequence, Operation Operation) change, CancellationToken cancellationToken) => SendAsync(
        response,
        string.Create(CultureInfo.InvariantCulture, $"id: {change.Sequence}\nevent: {name}\ndata: {RestAnswers.ToLine(change.Operation)}\n\n"),
        cancellationToken);

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private static bool IsEnded(Operation operation) => operation.EndedAt is not null;

    private static long LastSeen(RestCall call) =>
        long.TryParse(call.Context.Request.Headers["Last-Event-ID"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;
}
