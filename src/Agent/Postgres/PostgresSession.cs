using Npgsql;

namespace Agents.Agent.Postgres;

/// <summary>One connection in use, and its place among the few that its server is given. Dispose gives both back.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection, NpgsqlDataSource? ownSource, SemaphoreSlim places) : IAsyncDisposable
{
    /// <summary>The open connection.</summary>
    public NpgsqlConnection Connection => connection;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await connection.DisposeAsync();
            if (ownSource is not null)
                await ownSource.DisposeAsync();
        }
        finally
        {
            places.Release();
        }
    }
}
