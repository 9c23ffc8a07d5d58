using Agents.Agent.Tests.Engines;
using Agents.Protocol;
using Agents.Testing;
using Agents.Testing.Engines;
using Agents.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Agents.Agent.Tests.Postgres;

/// <summary>Queries on a real server, through a whole agent.</summary>
public sealed class QueryTests(PatroniFixture fixture) : PatroniTests(fixture)
{
    [Fact]
    public async Task Query_AllKindsOfValues_ComeBackAsText()
    {
        var answer = await QueryAsync("SELECT 1::bigint AS n, 'ä'::text AS t, NULL::int AS nothing, true AS b, '{1,2}'::int[] AS a, '{\"k\": 1}'::jsonb AS j, ''::varchar AS e");

        Assert.Equal(["n", "t", "nothing", "b", "a", "j", "e"], answer.Columns.Select(column => column.Name));
        Assert.Equal(["bigint", "text", "integer", "boolean", "integer[]", "jsonb", "character varying"], answer.Columns.Select(column => column.Type));
        Assert.Equal(["1", "ä", null, "t", "{1,2}", "{\"k\": 1}", ""], Assert.Single(answer.Rows).Values.Select(value => value.HasText ? value.Text : null));
        Assert.False(answer.Truncated);
    }

    [Fact]
    public async Task Query_TypeOfADatabase_IsNamed()
    {
        var (leader, _) = await Fixture.ConvergedAsync();
        await ExecuteAsync(leader, "CREATE TYPE mood AS ENUM ('good')");

        var answer = await QueryAsync("SELECT 'good'::mood");
        await ExecuteAsync(leader, "DROP TYPE mood");

        Assert.Equal(("mood", "good"), (answer.Columns[0].Type, answer.Rows[0].Values[0].Text));
    }

    [Fact]
    public async Task Query_Parameters_ArePassedAsText()
    {
        var (leader, _) = await Fixture.ConvergedAsync();

        var answer = await QueryAsync(leader, "SELECT $1::int + 1, $2::text", 0, new SqlValue { Text = "41" }, new SqlValue());

        Assert.Equal("42", answer.Rows[0].Values[0].Text);
        Assert.False(answer.Rows[0].Values[1].HasText);
    }

    [Theory]
    [InlineData(0, 1000, 1000, false)]
    [InlineData(0, 1001, 1000, true)]
    [InlineData(3, 1000000000, 3, true)]
    [InlineData(3, 3, 3, false)]
    public async Task Query_Rows_AreLimited(int rowsMax, int rowsThere, int expected, bool truncated)
    {
        var answer = await QueryAsync($"SELECT generate_series(1, {rowsThere})", rowsMax);

        Assert.Equal((expected, truncated), (answer.Rows.Count, answer.Truncated));
    }

    [Fact]
    public async Task Query_Bytes_AreLimited()
    {
        var several = await QueryAsync("SELECT repeat('x', 300 * 1024) FROM generate_series(1, 1000)");
        var huge = await QueryAsync("SELECT repeat('x', 200 * 1024 * 1024)");

        Assert.Equal((3, true), (several.Rows.Count, several.Truncated));
        Assert.Equal((0, true), (huge.Rows.Count, huge.Truncated));
    }

    [Theory]
    [InlineData("SELECT 1; SELECT 2", "42601")]
    [InlineData("SELECT 1; COMMIT; DROP TABLE x", "42601")]
    [InlineData("COPY pg_class TO STDOUT", "0A000")]
    [InlineData("SELEKT", "42601")]
    [InlineData("CREATE TABLE t (n int)", "25006")]
    [InlineData("SELECT set_config('transaction_read_only', 'off', false)", "25001")]
    [InlineData("SELECT 1/0", "22012")]
    public async Task Query_Refused_SaysSqlState(string sql, string sqlState)
    {
        await SqlFailsAsync(sqlState, () => QueryAsync(sql));

        Assert.Equal("1", (await QueryAsync("SELECT 1")).Rows[0].Values[0].Text);
    }

    [Fact]
    public async Task Query_SemicolonInAStringOrAtTheEnd_IsOneStatement()
    {
        var answer = await QueryAsync("SELECT ';', $$;$$ -- ;\n;");

        Assert.Equal([";", ";"], answer.Rows[0].Values.Select(value => value.Text));
    }

    [Fact]
    public async Task Query_SeveralStatementsWithParameters_AreRefusedByTheServer()
    {
        var (leader, _) = await Fixture.ConvergedAsync();

        await SqlFailsAsync("42601", () => QueryAsync(leader, "SELECT $1; SELECT 2", 0, new SqlValue { Text = "1" }));
    }

    [Fact]
    public async Task Query_TooSlow_IsEndedByTheServer()
    {
        var (leader, _) = await Fixture.ConvergedAsync();
        var request = new QueryRequest { InstanceId = leader.InstanceId, Sql = "SELECT pg_sleep(60)", Timeout = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(100)) };

        await SqlFailsAsync("57014", async () => await Agent.Psql.QueryAsync(request, Soon));
    }

    [Fact]
    public async Task Query_CallerLeaves_ConnectionsAreUsableAfter()
    {
        var (leader, _) = await Fixture.ConvergedAsync();
        var request = new QueryRequest { InstanceId = leader.InstanceId, Sql = "SELECT pg_sleep(60)" };

        var left = await Assert.ThrowsAsync<RpcException>(async () => await Agent.Psql.QueryAsync(request, new CallOptions(deadline: DateTime.UtcNow.AddMilliseconds(500))));

        Assert.Equal(StatusCode.DeadlineExceeded, left.StatusCode);
        Assert.Equal("1", (await QueryAsync("SELECT 1")).Rows[0].Values[0].Text);
    }

    [Fact]
    public async Task Query_TwentyAtOnce_UseFourConnections()
    {
        var (leader, _) = await Fixture.ConvergedAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => QueryAsync(leader, "SELECT pg_sleep(0.02), pg_backend_pid()"))).DefaultTimeout();

        Assert.InRange(answers.Select(answer => answer.Rows[0].Values[1].Text).Distinct().Count(), 1, 4);
    }

    [Theory]
    [InlineData("", 0, "sql")]
    [InlineData("SELECT 1", 1001, "rows_max")]
    [InlineData("SELECT 1", -1, "rows_max")]
    public async Task Query_BadRequest_NamesTheField(string sql, int rowsMax, string field)
    {
        var refusal = await RefusedAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, () => QueryAsync(sql, rowsMax));

        Assert.Equal(field, Assert.Single(RpcErrors.ViolationsOf(refusal)).Field);
    }

    [Fact]
    public async Task Query_UnknownInstance_IsNotFound()
    {
        var request = new QueryRequest { InstanceId = Guid.NewGuid().ToString(), Sql = "SELECT 1" };

        await RefusedAsync(StatusCode.NotFound, ErrorReasons.NotFound, async () => await Agent.Psql.QueryAsync(request, Soon));
    }

    [Fact]
    public async Task Query_InstanceOfAnotherKind_IsNotFound() =>
        await RefusedAsync(StatusCode.NotFound, ErrorReasons.NotFound, () => QueryAsync(Fixture.Cluster.Etcd[0], "SELECT 1"));

    [Fact]
    public async Task Query_UnknownDatabase_IsRefused()
    {
        var (leader, _) = await Fixture.ConvergedAsync();
        var request = new QueryRequest { InstanceId = leader.InstanceId, Database = "nowhere", Sql = "SELECT 1" };

        await SqlFailsAsync("3D000", async () => await Agent.Psql.QueryAsync(request, Soon));
    }
}
