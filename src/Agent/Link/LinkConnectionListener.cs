using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Agents.Agent.Link;

/// <summary>
/// "Accepts" by dialling: one connection at a time, the next one when the last has ended. Never throws, since an exception would end Kestrel's loop for good, and returns
/// null only when it was unbound.
/// </summary>
internal sealed class LinkConnectionListener(
    LinkEndPoint endPoint, ILinkDialer dialer, RedialBackoff backoff, TimeProvider timeProvider, ILogger<LinkConnectionListener> logger) : IConnectionListener
{
    /// <summary>A link that ended sooner was not wanted on the other side: it counts as a failure.</summary>
    private static readonly TimeSpan Lived = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _unbound = new();
    private LinkConnection? _previous;
    private long _connectedAt;

    /// <inheritdoc/>
    public EndPoint EndPoint => endPoint;

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_unbound.Token, cancellationToken);
        try
        {
            await WaitForPreviousAsync(stop.Token);
            while (true)
            {
                if (await TryDialAsync(stop.Token) is { } connection)
                    return connection;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => new(_unbound.CancelAsync());

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _unbound.Cancel();
        return ValueTask.CompletedTask; // The source is not disposed of: an accept may still look at its token.
    }

    private async Task WaitForPreviousAsync(CancellationToken cancellationToken)
    {
        if (_previous is null)
            return;
        await _previous.Ended.WaitAsync(cancellationToken);
        _previous = null;
        var life = timeProvider.GetElapsedTime(_connectedAt);
        var delay = life >= Lived ? backoff.AfterLife() : backoff.AfterFailure(DialFailure.Broken);
        Log.LinkEnded(logger, endPoint.Controller, life, delay);
        await Task.Delay(delay, timeProvider, cancellationToken);
    }

    private async Task<LinkConnection?> TryDialAsync(CancellationToken cancellationToken)
    {
        TimeSpan delay;
        try
        {
            _previous = await dialer.DialAsync(endPoint.Controller, cancellationToken);
            _connectedAt = timeProvider.GetTimestamp();
            Log.LinkUp(logger, endPoint.Controller, _previous.ConnectionId);
            return _previous;
        }
        catch (LinkDialException exception)
        {
            delay = backoff.AfterFailure(exception.Failure);
            if (exception.Failure == DialFailure.Refused)
                Log.LinkRefused(logger, endPoint.Controller, exception.Reason, exception.Message, delay);
            else
                Log.DialFailed(logger, endPoint.Controller, exception.Message, delay);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            delay = backoff.AfterFailure(DialFailure.Broken);
            Log.DialBroke(logger, exception, endPoint.Controller, delay);
        }

        await Task.Delay(delay, timeProvider, cancellationToken);
        return null;
    }
}
