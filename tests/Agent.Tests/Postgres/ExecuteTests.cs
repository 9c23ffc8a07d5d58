using Agents.Agent.Tests.Engines;
using Agents.Protocol;
using Agents.Testing.Engines;
using Agents.V1;
using Grpc.Core;

namespace Agents.Agent.Tests.Postgres;

/// <summary>Statements on a real server, through a whole agent.</summary>
public sealed class ExecuteTests(PatroniFixture fixture) : PatroniTests(fixture)
{
    [Fact]
    public async Task Execute_OneFails_ChangesNothingAndSaysNothingOfTheStatement()
    {
        const string secret = "canary-5f1c";
        var (leader, _) = await Fixture.ConvergedAsync();

        var refusal = await SqlFailsAsync("42704", () => ExecuteAsync(leader, "CREATE TABLE half (n int)", $"ALTER ROLE nobody PASSWORD '{secret}'"));
        var malformed = await SqlFailsAsync("42601", () => ExecuteAsync(leader, $"SELEKT '{secret}'"));

        Assert.DoesNotContain(secret, refusal.ToString() + malformed, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, await leader.LogAsync(), StringComparison.Ordinal);
        Assert.False((await QueryAsync("SELECT to_regclass('half')")).Rows[0].Values[0].HasText);
    }

    [Fact]
    public async Task Execute_Succeeds_LeavesNoTraceInTheServersStatistics()
    {
        const string secret = "canary-77aa";
        var (leader, _) = await Fixture.ConvergedAsync();

        await ExecuteAsync(leader, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements", "CREATE ROLE traced", $"ALTER ROLE traced PASSWORD '{secret}'", "DROP ROLE traced");

        Assert.Equal("0", (await QueryAsync("SELECT count(*) FROM pg_stat_statements WHERE query LIKE '%canary-77%'")).Rows[0].Values[0].Text);
        Assert.DoesNotContain(secret, await leader.LogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_WithoutTransaction_MakesADatabase()
    {
        var (leader, _) = await Fixture.ConvergedAsync();

        await ExecuteAsync(leader, withoutTransaction: true, "CREATE DATABASE made");
        var request = new QueryRequest { InstanceId = leader.InstanceId, Database = "made", Sql = "SELECT current_database()" };
        var answer = await Agent.Psql.QueryAsync(request, Soon);
        await ExecuteAsync(leader, withoutTransaction: true, "DROP DATABASE made");

        Assert.Equal("made", answer.Rows[0].Values[0].Text);
    }

    [Fact]
    public async Task Execute_SeveralStatementsInOneText_AreAllExecuted()
    {
        var (leader, _) = await Fixture.ConvergedAsync();

        await ExecuteAsync(leader, "DO $body$ BEGIN CREATE ROLE made; END $body$; ALTER ROLE made LOGIN;");
        var answer = await QueryAsync("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'made'");
        await ExecuteAsync(leader, "DROP ROLE made");

        Assert.Equal("t", answer.Rows[0].Values[0].Text);
    }

    [Fact]
    public async Task Execute_OnAReplica_IsRefused()
    {
        var (_, replica) = await Fixture.ConvergedAsync();

        await SqlFailsAsync("25006", () => ExecuteAsync(replica, "CREATE TABLE t (n int)"));
    }

    [Fact]
    public async Task Execute_DeferredConstraint_IsRefusedAtCommit()
    {
        var (leader, _) = await Fixture.ConvergedAsync();

        await SqlFailsAsync("23503", () => ExecuteAsync(
            leader, "CREATE TABLE parent (n int PRIMARY KEY)", "CREATE TABLE child (n int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)", "INSERT INTO child VALUES (1)"));
    }

    [Fact]
    public async Task Execute_NoStatements_IsRefused()
    {
        var (leader, _) = await Fixture.ConvergedAsync();

        await RefusedAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidArgument, () => ExecuteAsync(leader));
    }

    [Fact]
    public async Task Execute_StaleEpoch_IsRefused()
    {
        var (leader, _) = await Fixture.ConvergedAsync();
        Task CallAsync(long epoch) => Agent.Psql.ExecuteAsync(Request(leader, epoch), Soon).ResponseAsync;
        await CallAsync(2);

        await RefusedAsync(StatusCode.FailedPrecondition, ErrorReasons.StaleEpoch, () => CallAsync(1));
    }

    /// <summary>Of a controller of its own, so that the other tests' epoch stays.</summary>
    private static ExecuteRequest Request(EngineContainer node, long epoch)
    {
        var request = new ExecuteRequest { Context = EngineAgent.Command(node, epoch), Statements = { new SqlStatement { Sql = "SELECT 1" } } };
        request.Context.ControllerId = "other";
        return request;
    }
}
