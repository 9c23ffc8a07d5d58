using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Agents.Controller.Stores.Sqlite;

/// <summary>
/// The one thread that writes: each write is a transaction of its own, in the order in which they were asked for. A write that was begun is carried to its end whatever
/// its caller does; one that still waits is dropped when its caller gives up.
/// </summary>
internal sealed class SqliteWriterThread : IAsyncDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Channel<Action> _queue;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the thread, which owns the connection from now on.</summary>
    public SqliteWriterThread(SqliteConnection connection, int queueMax)
    {
        _connection = connection;
        _queue = Channel.CreateBounded<Action>(new BoundedChannelOptions(queueMax) { SingleReader = true });
        _thread = new Thread(Run) { Name = "store writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Runs a write after those before it, in a transaction.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        var written = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _queue.Writer.WriteAsync(() => Run(write, written, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException exception)
        {
            throw new StoreUnavailableException("the store is closed", exception);
        }
        return await written.Task.ConfigureAwait(false);
    }

    /// <summary>Finishes what was asked for and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _ended.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_queue.Reader.TryRead(out var write))
                write();
        }
        _connection.Dispose();
        _ended.SetResult();
    }

    private void Run<T>(Func<SqliteConnection, T> write, TaskCompletionSource<T> written, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            written.SetCanceled(cancellationToken);
            return;
        }
        try
        {
            _connection.Execute("BEGIN IMMEDIATE");
            var result = write(_connection);
            _connection.Execute("COMMIT");
            written.SetResult(result);
        }
        catch (Exception exception)
        {
            RollBack();
            written.SetException(SqliteFailures.Translate(exception));
        }
    }

    private void RollBack()
    {
        try
        {
            // SQLite ends the transaction itself after some failures, as a full disk.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
                _connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The next BEGIN says what is wrong; the caller gets the first failure.
        }
    }
}
