using Npgsql;

namespace Agents.Agent.Postgres;

/// <summary>
/// The connections to one server: at most four at a time. Those to the database "postgres", which is asked all the time, are kept for a minute; those to other
/// databases are closed after use.
/// </summary>
internal sealed class PostgresPool : IDisposable
{
    /// <summary>The database that is meant when none is named.</summary>
    public const string DefaultDatabase = "postgres";

    private const int ConnectionsMax = 4;
    private readonly SemaphoreSlim _places = new(ConnectionsMax, ConnectionsMax);
    private readonly PostgresSocket _socket;
    private readonly NpgsqlDataSource _kept;

    /// <summary>Makes the pool, and takes the socket over; nothing is connected yet.</summary>
    public PostgresPool(PostgresServer server, PostgresSocket socket)
    {
        Server = server;
        _socket = socket;
        _kept = Build(DefaultDatabase, pooled: true);
    }

    /// <summary>The server.</summary>
    public PostgresServer Server { get; }

    /// <summary>Opens a connection, or waits for a place among the four. Throws what Npgsql throws.</summary>
    public async Task<PostgresSession> OpenAsync(string database, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        var own = database == DefaultDatabase ? null : Build(database, pooled: false);
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

    /// <summary>Closes what is idle now; what is in use is closed when it is given back, and so is its place.</summary>
    public void Dispose()
    {
        _kept.Dispose();
        _socket.Dispose();
    }

    private NpgsqlDataSource Build(string database, bool pooled)
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
            Pooling = pooled,
            Timeout = 5,
            CommandTimeout = 0,
            CancellationTimeout = 1000,
            Options = SessionSettings.Options,
        };
        if (pooled)
        {
            settings.MaxPoolSize = ConnectionsMax;
            settings.ConnectionIdleLifetime = 60;
            settings.ConnectionPruningInterval = 30;
        }

        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }
}
