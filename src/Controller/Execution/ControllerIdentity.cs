using Agents.Controller.Links;
using Agents.Controller.Secrets;
using Agents.Controller.Stores;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>
/// Who commands: the store's id and the epoch that this process took. When an agent has obeyed a higher epoch, ours is taken anew above it; until then that agent refuses us.
/// Safe for concurrent use.
/// </summary>
internal sealed class ControllerIdentity(IStore store, TicketSeal seal, ILogger<ControllerIdentity> logger) : IControllerIdentity, IControllerEpoch, IDisposable
{
    private readonly SemaphoreSlim _taking = new(1, 1);
    private readonly Lock _lock = new();
    private Term? _term;
    private long _revisionMax = long.MaxValue;

    /// <inheritdoc/>
    public string StoreId => Taken.StoreId;

    /// <inheritdoc/>
    public string ControllerId => Taken.StoreId;

    private Term Taken => Invariant.NotNull(Volatile.Read(ref _term), "the epoch is taken before anything commands");

    /// <inheritdoc/>
    public Ticket TicketFor(string subjectId, long generation)
    {
        lock (_lock)
            return new Ticket(Taken.Epoch, Taken.Id, Math.Min(store.Revision, _revisionMax), subjectId, generation);
    }

    /// <summary>Takes the first epoch: before any endpoint listens.</summary>
    public Task TakeAsync(CancellationToken cancellationToken) => TakeAsync(0, cancellationToken);

    /// <inheritdoc/>
    public byte[] MarkOf(Ticket ticket) => seal.Mark(StoreId, ticket);

    /// <inheritdoc/>
    public bool IsOurs(Ticket ticket, ReadOnlySpan<byte> mark) => seal.IsOurs(StoreId, ticket, mark);

    /// <inheritdoc/>
    public void Observe(Ticket obeyed)
    {
        var term = Taken;
        if (obeyed.Epoch > term.Epoch || (obeyed.Epoch == term.Epoch && obeyed.EpochId != term.Id))
            _ = TakeAgainAsync(obeyed.Epoch);
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
            if (_term is { } current && current.Epoch > atLeast)
                return;
            // The term under way ends with the transaction that takes the next: nothing is given out in it that came later.
            lock (_lock)
                _revisionMax = store.Revision;
            var id = Guid.NewGuid().ToString();
            var term = await store.WriteAsync(writer => new Term(writer.Identity.StoreId, writer.TakeEpoch(atLeast, id), id), cancellationToken);
            lock (_lock)
                Volatile.Write(ref _term, term);
            Log.EpochTaken(logger, term.Epoch, term.StoreId);
        }
        finally
        {
            lock (_lock)
                _revisionMax = long.MaxValue;
            _taking.Release();
        }
    }

    private sealed record Term(string StoreId, long Epoch, string Id);
}
