using Agents.Controller.Links;
using Agents.Controller.Stores;

namespace Agents.Controller.Execution;

/// <summary>
/// Who commands: the store's id and the epoch that this process took. When an agent has obeyed a higher epoch, ours is taken anew above it; until then that agent refuses us.
/// Safe for concurrent use.
/// </summary>
internal sealed class ControllerIdentity(IStore store, ILogger<ControllerIdentity> logger) : IControllerIdentity, IControllerEpoch, IDisposable
{
    private readonly SemaphoreSlim _taking = new(1, 1);
    private StoreIdentity? _identity;

    /// <inheritdoc/>
    public string StoreId => Taken.StoreId;

    /// <inheritdoc/>
    public string ControllerId => Taken.StoreId;

    /// <inheritdoc/>
    public long Epoch => Taken.Epoch;

    private StoreIdentity Taken => Invariant.NotNull(Volatile.Read(ref _identity), "the epoch is taken before anything commands");

    /// <summary>Takes the first epoch: before any endpoint listens.</summary>
    public Task TakeAsync(CancellationToken cancellationToken) => TakeAsync(0, cancellationToken);

    /// <inheritdoc/>
    public void Observe(long seenEpoch)
    {
        if (seenEpoch > Epoch)
            _ = TakeAgainAsync(seenEpoch);
    }

    /// <inheritdoc/>
    public void Dispose() => _taking.Dispose();

    private async Task TakeAgainAsync(long seenEpoch)
    {
        try
        {
            await TakeAsync(seenEpoch, CancellationToken.None);
        }
        catch (StoreUnavailableException exception)
        {
            Log.EpochNotTaken(logger, seenEpoch, exception); // The agent's next link is the retry.
        }
    }

    private async Task TakeAsync(long atLeast, CancellationToken cancellationToken)
    {
        await _taking.WaitAsync(cancellationToken);
        try
        {
            if (_identity is { } current && current.Epoch > atLeast)
                return;
            Volatile.Write(ref _identity, await store.WriteAsync(
                writer =>
                {
                    var epoch = writer.TakeEpoch(atLeast);
                    return new StoreIdentity(writer.Identity.StoreId, epoch);
                },
                cancellationToken));
            Log.EpochTaken(logger, Epoch, StoreId);
        }
        finally
        {
            _taking.Release();
        }
    }
}
