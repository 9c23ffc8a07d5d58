using Agents.Agent.Postgres;
using Agents.V1;
using Agents.Words;
using Grpc.Core;

namespace Agents.Agent.Services;

/// <summary>PsqlService of the contract. Statements are neither logged nor part of an error, as they may hold secrets; the words of an error to a query are PostgreSQL's.</summary>
internal sealed class PsqlServiceEndpoint(EngineInstances instances, QueryRunner queries, StatementRunner statements, ServerStatsReader stats) : PsqlService.PsqlServiceBase
{
    private const int StatementsMax = 100;

    /// <inheritdoc/>
    public override async Task<QueryResponse> Query(QueryRequest request, ServerCallContext context)
    {
        Requests.Require(request.Sql.Length > 0, "sql", "must be given");
        Requests.Require(request.RowsMax is >= 0 and <= RowReader.RowsMax, "rows_max", $"must be between 0 and {RowReader.RowsMax}");
        var timeout = Requests.Limit("timeout", request.Timeout, StatementTime.Default, StatementTime.Max);

        var instance = await instances.RequireAsync(request.InstanceId, InstanceKinds.Postgres, context.CancellationToken);
        return await queries.RunAsync(PostgresServer.Of(instance), request, timeout, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<ExecuteResponse> Execute(ExecuteRequest request, ServerCallContext context)
    {
        var command = CommandContexts.ReadInstance(request.Context);
        Requests.Require(request.Statements.Count is > 0 and <= StatementsMax, "statements", $"must be between 1 and {StatementsMax}");
        Requests.Require(request.Statements.All(statement => statement.Sql.Length > 0), "statements", "must not be empty");
        var timeout = Requests.Limit("timeout", request.Timeout, StatementTime.Default, StatementTime.Max);

        var instance = await instances.AdmitAsync(command, InstanceKinds.Postgres, context.CancellationToken);
        await statements.RunAsync(PostgresServer.Of(instance), request, timeout, context.CancellationToken);
        return new ExecuteResponse();
    }

    /// <inheritdoc/>
    public override async Task<GetServerStatsResponse> GetServerStats(GetServerStatsRequest request, ServerCallContext context)
    {
        var instance = await instances.RequireAsync(request.InstanceId, InstanceKinds.Postgres, context.CancellationToken);
        return await stats.ReadAsync(PostgresServer.Of(instance), context.CancellationToken);
    }
}
