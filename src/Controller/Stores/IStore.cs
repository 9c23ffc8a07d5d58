namespace Agents.Controller.Stores;

/// <summary>
/// Everything that the controller must not forget. A write is one transaction, run alone and in order; a read sees one consistent state.
/// The work given is synchronous and touches nothing but the store: it may be run again after a failure before the commit.
/// </summary>
/// <remarks>Throws <see cref="StoreUnavailableException"/> when the store cannot be reached or written.</remarks>
internal interface IStore
{
    /// <summary>The revision of the last transaction that this process knows to be durable; 0 before the first. What was read under it is still true while it is the same.</summary>
    long Revision { get; }

    /// <summary>
    /// The revision of the last such transaction that may have changed hosts, clusters or instances: what was read of them under it or a later one is still true while it is the same.
    /// The steps of operations, events and answers, of which there are many, leave it.
    /// </summary>
    long ResourcesRevision { get; }

    /// <summary>Reads in one consistent state.</summary>
    Task<T> ReadAsync<T>(Func<IStoreReader, T> read, CancellationToken cancellationToken);

    /// <summary>Writes in one transaction: all of it or, when the work throws, nothing. Ends after the commit is durable.</summary>
    Task<T> WriteAsync<T>(Func<IStoreWriter, T> write, CancellationToken cancellationToken);
}
