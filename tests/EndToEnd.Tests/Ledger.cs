using System.Diagnostics;
using Npgsql;

namespace Agents.EndToEnd.Tests;

/// <summary>A client that writes one row after the other through the connection string that users get, and remembers which were acknowledged.</summary>
internal sealed class Ledger : IAsyncDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);
    private static long s_lastId;

    private readonly CancellationTokenSource _ended = new();
    private readonly List<long> _acknowledged = [];
    private readonly string _connectionString;
    private TimeSpan _gap;
    private Task _writing = Task.CompletedTask;

    private Ledger(string connectionString) => _connectionString = connectionString;

    /// <summary>Begins to write into a table "ledger".</summary>
    public static async Task<Ledger> StartAsync(StackFixture stack, string cluster)
    {
        var ledger = new Ledger(await stack.ConnectionStringAsync(cluster, "read_write"));
        ledger._writing = Task.Run(ledger.WriteAsync);
        return ledger;
    }

    /// <summary>Ends it. Returns the rows that were acknowledged, and the longest time between two of them.</summary>
    public async Task<(IReadOnlyList<long> Acknowledged, TimeSpan Gap)> StopAsync()
    {
        await _ended.CancelAsync();
        await _writing;
        return (_acknowledged, _gap);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ended.Dispose();
    }

    private async Task WriteAsync()
    {
        var since = Stopwatch.StartNew();
        while (!_ended.IsCancellationRequested)
        {
            var id = Interlocked.Increment(ref s_lastId); // Never used twice: one that failed may have been committed all the same.
            try
            {
                await using var connection = new NpgsqlConnection(_connectionString);
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand("insert into ledger values ($1)", connection) { Parameters = { new NpgsqlParameter { Value = id } } };
                await command.ExecuteNonQueryAsync();
                _acknowledged.Add(id);
                if (_acknowledged.Count > 1 && since.Elapsed > _gap)
                    _gap = since.Elapsed;
                since.Restart();
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                // Not acknowledged.
            }

            await Task.Delay(_pause);
        }
    }
}
