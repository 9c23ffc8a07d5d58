using System.Data;
using Agents.V1;
using Npgsql;
using NpgsqlTypes;

namespace Agents.Agent.Postgres;

/// <summary>
/// Runs one statement in a read-only transaction. What comes back is limited in rows and bytes; the server is told to stop when more would come.
/// </summary>
internal sealed class QueryRunner(PostgresPools pools)
{
    private const string QueryCanceled = "57014";

    /// <summary>Runs the statement. Throws <see cref="SqlFailedException"/> or <see cref="PostgresUnreachableException"/>.</summary>
    public Task<QueryResponse> RunAsync(PostgresServer server, QueryRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        pools.ReadAsync(server, request.Database, session => RunAsync(session.Connection, request, timeout, cancellationToken), cancellationToken);

    private static async Task<QueryResponse> RunAsync(NpgsqlConnection connection, QueryRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var rows = new RowReader(request.RowsMax == 0 ? RowReader.RowsMax : request.RowsMax);
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await RestrictAsync(connection, transaction, timeout, cancellationToken);
            await using var command = await CommandAsync(connection, request, cancellationToken);
            command.CommandTimeout = StatementTime.ClientSeconds(timeout);
            await ReadAsync(command, rows, cancellationToken);
        }
        await ColumnTypes.NameAsync(connection, rows, cancellationToken);
        return rows.Response;
    }

    private static async Task RestrictAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SET TRANSACTION READ ONLY"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(StatementTime.SetLocal(timeout)));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>With parameters the text goes to the server as it is, and the server takes one statement only; a command without would be cut at semicolons, and all of it run.</summary>
    private static async Task<NpgsqlCommand> CommandAsync(NpgsqlConnection connection, QueryRequest request, CancellationToken cancellationToken)
    {
        if (request.Parameters.Count == 0 && request.Sql.Contains(';', StringComparison.Ordinal))
            await RequireOneStatementAsync(connection, request.Sql, cancellationToken);
        var command = new NpgsqlCommand(request.Sql, connection) { AllResultTypesAreUnknown = true };
        foreach (var parameter in request.Parameters)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Unknown, Value = parameter.HasText ? parameter.Text : DBNull.Value });
        return command;
    }

    /// <summary>A batch leaves its commands whole, so the server refuses more than one statement. Preparing executes nothing.</summary>
    private static async Task RequireOneStatementAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        await batch.PrepareAsync(cancellationToken);
        connection.UnprepareAll();
    }

    private static async Task ReadAsync(NpgsqlCommand command, RowReader rows, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        rows.ReadColumns(reader);
        await rows.ReadRowsAsync(reader, cancellationToken);
        if (!rows.Response.Truncated)
            return;
        command.Cancel();
        try
        {
            await reader.CloseAsync();
        }
        catch (PostgresException exception) when (exception.SqlState == QueryCanceled)
        {
            // The rest, which nobody asked for.
        }
    }
}
