using Agents.Protocol;
using Agents.Testing.Engines;
using Agents.V1;
using Grpc.Core;

namespace Agents.Agent.Tests.Engines;

/// <summary>What the tests on the shared cluster have in common: short forms of the calls, and the check of a refusal.</summary>
[Collection(PatroniCollection.Name)]
[Trait("Category", "Engine")]
public abstract class PatroniTests(PatroniFixture fixture)
{
    private protected PatroniFixture Fixture => fixture;

    private protected EngineAgent Agent => fixture.Agent;

    private protected static CallOptions Soon => PatroniFixture.Soon;

    private protected async Task<QueryResponse> QueryAsync(EngineContainer node, string sql, int rowsMax = 0, params IEnumerable<SqlValue> parameters)
    {
        var request = new QueryRequest { InstanceId = node.InstanceId, Sql = sql, RowsMax = rowsMax, Parameters = { parameters } };
        return await Agent.Psql.QueryAsync(request, Soon);
    }

    private protected async Task<QueryResponse> QueryAsync(string sql, int rowsMax = 0) => await QueryAsync((await fixture.ConvergedAsync()).Leader, sql, rowsMax);

    private protected async Task ExecuteAsync(EngineContainer node, params IEnumerable<string> statements) => await ExecuteAsync(node, false, statements);

    private protected async Task ExecuteAsync(EngineContainer node, bool withoutTransaction, params IEnumerable<string> statements)
    {
        var request = new ExecuteRequest { Context = EngineAgent.Command(node), WithoutTransaction = withoutTransaction };
        request.Statements.Add(statements.Select(sql => new SqlStatement { Sql = sql }));
        await Agent.Psql.ExecuteAsync(request, Soon);
    }

    private protected async Task<GetServerStatsResponse> StatsAsync(EngineContainer node) =>
        await Agent.Psql.GetServerStatsAsync(new GetServerStatsRequest { InstanceId = node.InstanceId }, Soon);

    private protected static async Task<RpcException> RefusedAsync(StatusCode code, string reason, Func<Task> call)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((code, reason), (refusal.StatusCode, RpcErrors.ReasonOf(refusal)));
        return refusal;
    }

    private protected static async Task<RpcException> SqlFailsAsync(string sqlState, Func<Task> call)
    {
        var refusal = await RefusedAsync(StatusCode.InvalidArgument, ErrorReasons.SqlFailed, call);
        Assert.Equal(sqlState, RpcErrors.InfoOf(refusal)!.Metadata["sqlstate"]);
        return refusal;
    }
}
