using Npgsql;

namespace Agents.EndToEnd.Tests;

/// <summary>A client that only reads, by a connection of its own each time, through the connection string that users get.</summary>
internal sealed class Reader : IAsyncDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _ended = new();
    private readonly List<string> _failures = [];
    private readonly string _connectionString;
    private int _count;
    private Task _reading = Task.CompletedTask;

    private Reader(string connectionString) => _connectionString = connectionString;

    /// <summary>Begins to read.</summary>
    public static async Task<Reader> StartAsync(StackFixture stack, string cluster)
    {
        var reader = new Reader(new NpgsqlConnectionStringBuilder(await stack.ConnectionStringAsync(cluster, "read_only")) { Pooling = false }.ConnectionString);
        reader._reading = Task.Run(reader.ReadAsync);
        return reader;
    }

    /// <summary>Ends it. Returns how often it has read, and why it could not.</summary>
    public async Task<(int Count, IReadOnlyList<string> Failures)> StopAsync()
    {
        await _ended.CancelAsync();
        await _reading;
        return (_count, _failures);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ended.Dispose();
    }

    private async Task ReadAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(_connectionString);
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand("select 1", connection);
                await command.ExecuteScalarAsync();
                _count++;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                _failures.Add($"{DateTimeOffset.UtcNow:HH:mm:ss.fff}: {exception.Message} {exception.InnerException?.Message}");
            }

            await Task.Delay(_pause);
        }
    }
}
