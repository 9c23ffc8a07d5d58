namespace Agents.Agent.Instances;

/// <summary>Once a day, and at the start, forgets what was removed so long ago that no command about it can still be under way. A failure is tried again the next day.</summary>
internal sealed class TombstoneSweeper(InstanceTable instances, NetworkTable networks, TimeProvider timeProvider, ILogger<TombstoneSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromDays(1);

    /// <summary>Sweeps once.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await instances.SweepAsync(cancellationToken);
        await networks.SweepAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, timeProvider);
        try
        {
            do
                await SweepSafelyAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The agent ends.
        }
    }

    private async Task SweepSafelyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            logger.SweepFailed(exception.Message);
        }
    }
}
