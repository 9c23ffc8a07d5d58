using Agents.Controller.Stores;

namespace Agents.Controller.Loops;

/// <summary>
/// Turns a loop: after its period, or sooner when something nudges, but never without a breath between two turns that nobody asked for. The one place with a timer; a turn that fails is logged and the next one is its retry.
/// </summary>
internal sealed class LoopPump<TLoop>(TLoop loop, LocalNudge nudge, TimeProvider timeProvider, ILogger<LoopPump<TLoop>> logger) : BackgroundService
    where TLoop : class, ILoop
{
    private static readonly TimeSpan _breath = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Asked for before the turn: a nudge during the turn is not lost.
                var nudged = nudge.NextAsync(stoppingToken);
                if (await loop.TurnAsync(stoppingToken))
                    continue;
                // Many nudges within a breath are one.
                await Task.Delay(_breath, timeProvider, stoppingToken);
                await Task.WhenAny(nudged, Task.Delay(loop.Period, timeProvider, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.TurnFailed(logger, loop.Name, exception);
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), timeProvider, stoppingToken));
            }
        }
    }
}
