namespace Agents.Controller.Stores;

/// <summary>
/// Keeps the last snapshot for as long as it is true, so that loops that read everything every turn read the store only after hosts, clusters or instances have changed. One snapshot is kept, and one read at
/// a time: who comes meanwhile gets the same. Safe for concurrent use.
/// </summary>
internal sealed class StoreSnapshots(IStore store) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private StoreSnapshot? _last;

    /// <summary>What the store holds now: with everything that was durable when this was called.</summary>
    public async ValueTask<StoreSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        if (FindTrue() is { } known)
            return known;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return FindTrue() ?? (_last = await store.ReadAsync(Take, cancellationToken));
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    /// <summary>A read may see a transaction that this process is told of a moment later: a snapshot may be ahead of what is known to be durable, never behind.</summary>
    private StoreSnapshot? FindTrue() => Volatile.Read(ref _last) is { } last && last.Revision >= store.ResourcesRevision ? last : null;

    private static StoreSnapshot Take(IStoreReader reader) =>
        new(reader.Identity.Revision, reader.ListHosts(null), reader.ListClusters(null), reader.ListInstances().ToLookup(instance => instance.Owner));
}
