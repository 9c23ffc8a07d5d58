using System.Data;
using Npgsql;

namespace Agents.Agent.Postgres;

/// <summary>
/// The connections to one server: at most four at a time. Those to the database "postgres", which is asked all the time, are kept for a minute; those to other
/// databases are closed after use. One more, which no other uses, is for the question whether it answers at all.
/// </summary>
internal sealed class PostgresPool : IDisposable
{
    /// <summary>The database that is meant when none is named.</summary>
    public const string DefaultDatabase = "postgres";

    private const int ConnectionsMax = 4;
    private readonly SemaphoreSlim _places = new(ConnectionsMax, ConnectionsMax);
    private readonly PostgresSocket _socket;
    private readonly NpgsqlDataSource _kept;
    private readonly NpgsqlDataSource _asking;

    /// <summary>Makes the pool, and takes the socket over; nothing is connected yet.</summary>
    public PostgresPool(PostgresServer server, PostgresSocket socket)
    {
        Server = server;
        _socket = socket;
        _kept = Build(DefaultDatabase, keptMax: ConnectionsMax);
        _asking = Build(DefaultDatabase, keptMax: 1, cancellationTimeout: -1); // One that does not answer does not answer to a cancellation either.
    }

    /// <summary>The server.</summary>
    public PostgresServer Server { get; }

    /// <summary>Opens a connection, or waits for a place among the four. Throws what Npgsql throws.</summary>
    public async Task<PostgresSession> OpenAsync(string database, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        var own = database == DefaultDatabase ? null : Build(database, keptMax: 0);
        try
        {
            _socket.Refresh();
            return new PostgresSession(await (own ?? _kept).OpenConnectionAsync(cancellationToken), own, _places);
        }
        catch
        {
            if (own is not null)
                await own.DisposeAsync();
            _places.Release();
            throw;
        }
    }

    /// <summary>Whether the server is in recovery. Throws what Npgsql throws.</summary>
    public async Task<bool> IsInRecoveryAsync(CancellationToken cancellationToken)
    {
        _socket.Refresh();
        await using var command = _asking.CreateCommand("SELECT pg_is_in_recovery()");
        // Read as it comes: what answers there is the container's, and says itself how much it is going to say.
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess | CommandBehavior.SingleRow, cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetBoolean(0);
    }

    /// <summary>Closes what is idle now; what is in use is closed when it is given back, and so is its place.</summary>
    public void Dispose()
    {
        _kept.Dispose();
        _asking.Dispose();
        _socket.Dispose();
    }

    private NpgsqlDataSource Build(string database, int keptMax, int cancellationTimeout = 1000)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = _socket.Directory,
            Port = Server.Port,
            Username = "postgres",
            Database = database,
            ApplicationName = "agents",
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            Pooling = keptMax > 0,
            Timeout = 5,
            CommandTimeout = 0,
            CancellationTimeout = cancellationTimeout,
            Options = SessionSettings.Options,
        };
        if (keptMax > 0)
        {
            settings.MaxPoolSize = keptMax;
            settings.ConnectionIdleLifetime = 60;
            settings.ConnectionPruningInterval = 30;
        }

        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }
}
