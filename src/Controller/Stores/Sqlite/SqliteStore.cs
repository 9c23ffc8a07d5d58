using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>
/// The embedded store: one file with a write-ahead log, one thread that writes and several read-only connections. A write is on disk when its task ends, so that
/// neither a killed process nor a lost supply of power takes it back.
/// </summary>
internal sealed class SqliteStore : IStore, IAsyncDisposable
{
    private readonly SqliteConnections _connections;
    private readonly SqliteWriterThread _writer;
    private readonly SqliteReaderPool _readers;
    private long _revision;
    private long _resourcesRevision;
    private int _closed;

    private SqliteStore(SqliteConnections connections, SqliteConnection writer, SqliteStoreOptions options)
    {
        _connections = connections;
        _writer = new SqliteWriterThread(writer, options.WriteQueueMax);
        _readers = new SqliteReaderPool(connections, options.ReaderCount);
        _resourcesRevision = _revision = Tables.IdentityTable.Get(writer).Revision;
    }

    /// <inheritdoc/>
    public long Revision => Volatile.Read(ref _revision);

    /// <inheritdoc/>
    public long ResourcesRevision => Volatile.Read(ref _resourcesRevision);

    /// <summary>How often the file was found busy: 0, or something else has it open.</summary>
    public long BusyCount => _connections.BusyCount;

    /// <summary>Opens the store, made and migrated as needed.</summary>
    public static SqliteStore Open(SqliteStoreOptions options) => Open(options, SqliteMigrations.Embedded);

    /// <summary>Opens the store with migrations of the caller's.</summary>
    public static SqliteStore Open(SqliteStoreOptions options, SqliteMigrations migrations)
    {
        MakePrivateFile(options.Path);
        var connections = new SqliteConnections(options.Path);
        try
        {
            var writer = connections.OpenWriter();
            try
            {
                migrations.Apply(writer, options.Path);
                Tables.IdentityTable.Make(writer, Guid.NewGuid().ToString("D"));
            }
            catch
            {
                writer.Dispose();
                throw;
            }
            return new SqliteStore(connections, writer, options);
        }
        catch (SqliteException exception)
        {
            throw SqliteFailures.Translate(exception);
        }
    }

    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(Func<IStoreReader, T> read, CancellationToken cancellationToken) =>
        _readers.ReadAsync(connection => read(new SqliteStoreReader(connection)), cancellationToken);

    /// <summary>Every transaction raises the revision, and is durable before the revision is told.</summary>
    public async Task<T> WriteAsync<T>(Func<IStoreWriter, T> write, CancellationToken cancellationToken)
    {
        var (result, revision, isOfResources) = await _writer.WriteAsync(
            connection =>
            {
                var writer = new SqliteStoreWriter(connection);
                var result = write(writer);
                var isOfResources = writer.MayHaveChangedResources;
                return (result, Tables.IdentityTable.RaiseRevision(connection), isOfResources);
            },
            cancellationToken).ConfigureAwait(false);
        if (isOfResources)
            Raise(ref _resourcesRevision, revision);
        Raise(ref _revision, revision);
        return result;
    }

    /// <summary>Ends the reads and writes that go on, and closes the file. Closing twice is closing once: a container that knows it by several names does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        await _readers.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    private static void Raise(ref long known, long revision)
    {
        for (var seen = Volatile.Read(ref known); seen < revision;)
            seen = Interlocked.CompareExchange(ref known, revision, seen) is var found && found == seen ? revision : found;
    }

    // SQLite gives the log and its index the mode of the file.
    private static void MakePrivateFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (File.Exists(path))
            return;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        new FileStream(path, options).Dispose();
    }
}
