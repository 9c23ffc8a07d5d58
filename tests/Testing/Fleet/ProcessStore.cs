using Agents.Controller.Stores;

namespace Agents.Testing.Fleet;

/// <summary>The store as one process sees it: every commit is two points at which the process can die.</summary>
internal sealed class ProcessStore(IStore inner, SimulatedProcess process) : IStore
{
    /// <inheritdoc/>
    public long Revision => inner.Revision;

    /// <inheritdoc/>
    public long ResourcesRevision => inner.ResourcesRevision;

    /// <inheritdoc/>
    public async Task<T> ReadAsync<T>(Func<IStoreReader, T> read, CancellationToken cancellationToken)
    {
        process.Check();
        return await inner.ReadAsync(read, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<T> WriteAsync<T>(Func<IStoreWriter, T> write, CancellationToken cancellationToken)
    {
        process.Check();
        var result = await inner.WriteAsync(
            writer =>
            {
                var written = write(writer);
                process.Point("before a commit");
                return written;
            },
            cancellationToken);
        process.Point("after a commit");
        return result;
    }
}
