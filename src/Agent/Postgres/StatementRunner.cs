using Agents.V1;
using Npgsql;

namespace Agents.Agent.Postgres;

/// <summary>
/// Executes statements, all in one transaction or each by itself. One that fails ends the run; in one transaction nothing is changed then, otherwise what came before stays.
/// A failure names the statement by its number only: it may hold a secret.
/// </summary>
internal sealed class StatementRunner(PostgresPools pools)
{
    /// <summary>Executes the statements. Throws <see cref="SqlFailedException"/> or <see cref="PostgresUnreachableException"/>.</summary>
    public Task RunAsync(PostgresServer server, ExecuteRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        pools.UseAsync(server, request.Database, session => RunAsync(session.Connection, request, timeout, cancellationToken), cancellationToken);

    private static async Task<bool> RunAsync(NpgsqlConnection connection, ExecuteRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await using var transaction = request.WithoutTransaction ? null : await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, StatementTime.Set(timeout), 1, timeout, cancellationToken);
        for (var number = 1; number <= request.Statements.Count; number++)
            await ExecuteAsync(connection, request.Statements[number - 1].Sql, number, timeout, cancellationToken);
        if (transaction is not null)
            await CommitAsync(transaction, request.Statements.Count, cancellationToken);
        return true;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, int number, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = StatementTime.ClientSeconds(timeout) };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception exception) when (PostgresFailures.IsKnown(exception))
        {
            throw PostgresFailures.Translate(exception, $"statement {number} was refused");
        }
    }

    /// <summary>Deferred constraints are checked here, so the last statement stands for a refusal.</summary>
    private static async Task CommitAsync(NpgsqlTransaction transaction, int number, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (PostgresFailures.IsKnown(exception))
        {
            throw PostgresFailures.Translate(exception, $"statement {number} was refused");
        }
    }
}
