using Agents.Protocol.Link;

namespace Agents.Controller.Links;

/// <summary>
/// Gives up links whose agent is gone without a word. An agent that hears nothing pings, so something comes every few seconds on any link; where nothing does the agent is asked, again and again, and
/// the link is cut when no answer comes. What is counted is looks, not time: a controller that stood still itself finds nobody dead for that.
/// </summary>
internal sealed class LinkPulse(LinkRegistry links, TimeProvider timeProvider) : BackgroundService
{
    /// <summary>How often all links are looked at.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private static readonly int _silentLooks = (int)(LinkProtocol.ControllerPingDelay / Period);

    private Dictionary<LinkSession, (long ReadCount, int Silent)> _seen = [];

    /// <summary>Looks once at all links. What it asks ends by itself.</summary>
    public void Look()
    {
        var seen = new Dictionary<LinkSession, (long ReadCount, int Silent)>();
        foreach (var session in links.List())
        {
            var (count, last) = (session.ReadCount, _seen.GetValueOrDefault(session));
            var silent = count == last.ReadCount ? last.Silent + 1 : 0;
            seen[session] = (count, silent);
            if (silent > 0 && silent % _silentLooks == 0)
                _ = links.RequireSignOfLifeAsync(session);
        }

        _seen = seen;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Look();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The controller ends.
        }
    }
}
