using System.Collections.Concurrent;
using System.Globalization;
using Agents.Controller.Links;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Observation;

/// <summary>
/// Follows the links: looks at each host for as long as its session lives. A host whose link is lost is suspect at once and disconnected after a while; what is known
/// of it stays, and counts as stale.
/// </summary>
internal sealed class HostWatcher(LinkRegistry links, FleetView fleet, HostSessionObserver observer, LocalNudge nudge, TimeProvider timeProvider, ILogger<HostWatcher> logger) : BackgroundService
{
    /// <summary>How long a host without a link is suspect before it is disconnected.</summary>
    public static TimeSpan SuspectTime { get; } = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<HostId, Guid> _sessions = new();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in links.WatchAsync(stoppingToken))
                    Follow(change, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (InvalidOperationException exception)
            {
                Log.WatchingAgain(logger, exception);
            }
        }
    }

    private void Follow(LinkChange change, CancellationToken stoppingToken)
    {
        var (session, host) = (change.Session, change.Session.HostId);
        if (change.Up)
        {
            if (_sessions.TryGetValue(host, out var known) && known == session.SessionId)
                return; // Seen before: the watch began anew.
            _sessions[host] = session.SessionId;
            _ = ObserveAsync(session, stoppingToken);
        }
        else if (_sessions.TryRemove(KeyValuePair.Create(host, session.SessionId)))
        {
            var lost = string.Create(CultureInfo.InvariantCulture, $"{timeProvider.GetUtcNow():u}");
            fleet.Update(host, seen => seen with { State = HostState.Suspect, StateReason = $"its link was lost at {lost}", IsCurrent = false });
            nudge.Nudge();
            _ = DisconnectLaterAsync(host, lost, stoppingToken);
        }
    }

    private async Task ObserveAsync(LinkSession session, CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(session.Closed, stoppingToken);
        try
        {
            await observer.RunAsync(session, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The session has ended, or we have.
        }
        catch (Exception exception)
        {
            Log.ObservingFailed(logger, session.HostId, exception);
            links.Cut(session.HostId, "it could not be observed"); // The agent links again, and everything begins anew.
        }
    }

    private async Task DisconnectLaterAsync(HostId host, string lost, CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(SuspectTime, timeProvider, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (_sessions.ContainsKey(host))
            return;
        fleet.Update(host, seen => seen with { State = HostState.Disconnected, StateReason = $"it has had no link since {lost}" });
        nudge.Nudge();
    }
}
