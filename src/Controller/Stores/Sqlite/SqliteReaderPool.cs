using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>
/// A bounded number of read-only connections. Each read is one transaction, so that it sees one state, and runs on a thread of the pool: SQLite's calls block.
/// </summary>
internal sealed class SqliteReaderPool(SqliteConnections connections, int countMax) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(countMax, countMax);
    private readonly ConcurrentBag<SqliteConnection> _idle = [];

    /// <summary>Reads.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(read), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads that go on and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var taken = 0; taken < countMax; taken++)
            await _free.WaitAsync().ConfigureAwait(false);
        while (_idle.TryTake(out var connection))
            await connection.DisposeAsync().ConfigureAwait(false);
        _free.Dispose();
    }

    private T Read<T>(Func<SqliteConnection, T> read)
    {
        SqliteConnection? connection = null;
        try
        {
            if (!_idle.TryTake(out connection))
                connection = connections.OpenReader();
            connection.Execute("BEGIN");
            T result;
            try
            {
                result = read(connection);
            }
            finally
            {
                connection.Execute("COMMIT");
            }
            _idle.Add(connection);
            return result;
        }
        catch (SqliteException exception)
        {
            connection?.Dispose(); // A connection that failed is not used again.
            throw SqliteFailures.Translate(exception);
        }
        catch
        {
            if (connection is not null)
                _idle.Add(connection);
            throw;
        }
    }
}
