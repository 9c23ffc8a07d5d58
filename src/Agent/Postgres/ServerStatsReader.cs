using Agents.V1;
using Google.Protobuf.WellKnownTypes;
using Npgsql;

namespace Agents.Agent.Postgres;

/// <summary>Asks a server about itself, in one round trip.</summary>
internal sealed class ServerStatsReader(PostgresPools pools)
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    /// <summary>Reads the statistics. Throws <see cref="SqlFailedException"/> or <see cref="PostgresUnreachableException"/>.</summary>
    public Task<GetServerStatsResponse> ReadAsync(PostgresServer server, CancellationToken cancellationToken) =>
        pools.ReadAsync(server, PostgresPool.DefaultDatabase, session => ReadAsync(session.Connection, cancellationToken), cancellationToken);

    /// <summary>Reads what a primary says of those that copy from it: the replicas, and the slots that it gave up. Throws as above.</summary>
    public Task<(IReadOnlyList<ReplicationStats> Replicas, IReadOnlyList<string> LostSlots)> ReadReplicationAsync(PostgresServer server, CancellationToken cancellationToken) =>
        pools.ReadAsync(server, PostgresPool.DefaultDatabase, session => ReadReplicationAsync(session.Connection, cancellationToken), cancellationToken);

    private static async Task<(IReadOnlyList<ReplicationStats> Replicas, IReadOnlyList<string> LostSlots)> ReadReplicationAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = Batch(connection, ServerStatsSql.Replication, ServerStatsSql.LostSlots);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var (replicas, lostSlots) = (new List<ReplicationStats>(), new List<string>());
        while (await reader.ReadAsync(cancellationToken))
            replicas.Add(Replication(reader));
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            lostSlots.Add(reader.GetString(0));
        return (replicas, lostSlots);
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, params ReadOnlySpan<string> statements)
    {
        var batch = new NpgsqlBatch(connection) { Timeout = StatementTime.ClientSeconds(_timeout) };
        foreach (var sql in statements)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        return batch;
    }

    private static async Task<GetServerStatsResponse> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = Batch(connection, ServerStatsSql.Server, ServerStatsSql.Replication, ServerStatsSql.Databases, ServerStatsSql.LostSlots);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);

        await reader.ReadAsync(cancellationToken);
        var stats = Server(reader);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            stats.Replication.Add(Replication(reader));
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            stats.Databases.Add(Database(reader));
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            stats.LostSlots.Add(reader.GetString(0));
        return stats;
    }

    private static GetServerStatsResponse Server(NpgsqlDataReader reader) => new()
    {
        Version = reader.GetString(0),
        InRecovery = reader.GetBoolean(1),
        Timeline = reader.GetInt32(2),
        WalPositionBytes = reader.GetInt64(3),
        WalReceivedBytes = reader.GetInt64(4),
        ReplayLag = DurationAt(reader, 5),
        StartedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch + TimeSpan.FromMicroseconds(reader.GetInt64(6))),
        Connections = reader.GetInt32(7),
        ConnectionsMax = reader.GetInt32(8),
    };

    private static ReplicationStats Replication(NpgsqlDataReader reader) => new()
    {
        ApplicationName = reader.GetString(0),
        State = reader.GetString(1),
        SyncState = reader.GetString(2),
        ReplayLagBytes = reader.GetInt64(3),
        ReplayLag = DurationAt(reader, 4),
    };

    private static DatabaseStats Database(NpgsqlDataReader reader) => new()
    {
        Name = reader.GetString(0),
        SizeBytes = reader.GetInt64(1),
        Commits = reader.GetInt64(2),
        Rollbacks = reader.GetInt64(3),
    };

    private static Duration? DurationAt(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : Duration.FromTimeSpan(TimeSpan.FromMicroseconds(reader.GetInt64(column)));
}
