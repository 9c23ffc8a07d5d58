using Agents.Controller.Observation;
using Agents.Controller.Stores;

namespace Agents.Controller.Loops;

/// <summary>Removes from the store what is too old to be asked for, a little at a time. Like the trash it waits where the clock cannot be trusted.</summary>
internal sealed class AgesLoop(IStore store, IFleetView fleet, TimeProvider timeProvider, ILogger<AgesLoop> logger) : ILoop
{
    private const int CountMax = 500;

    private readonly PurgeClock _clock = new(fleet, timeProvider);
    private long? _doneAt;

    /// <inheritdoc/>
    public string Name => "ages";

    /// <inheritdoc/>
    public TimeSpan Period => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        // A nudge is no reason: nothing grows older by it.
        if (_clock.WasSet || (_doneAt is { } doneAt && timeProvider.GetElapsedTime(doneAt) < Period))
            return false;
        var removed = await store.WriteAsync(writer => writer.RemoveAged(StoreAges.At(timeProvider.GetUtcNow()), CountMax), cancellationToken);
        if (removed > 0)
            Log.AgedRemoved(logger, removed);
        else
            _doneAt = timeProvider.GetTimestamp();
        return removed > 0;
    }
}
