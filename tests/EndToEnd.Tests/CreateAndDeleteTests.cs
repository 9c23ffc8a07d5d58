using System.Net;
using System.Text.Json.Nodes;
using Npgsql;

namespace Agents.EndToEnd.Tests;

/// <summary>A cluster's whole life, through REST.</summary>
[Collection(StackCollection.Name)]
public sealed class CreateAndDeleteTests(StackFixture stack) : StackTests
{
    [Requires(Requirement.Lab)]
    public async Task Create_ThreeNodes_TakesWritesAndReadsThemOnReplicas()
    {
        await stack.CreateAsync("life");
        try
        {
            Assert.Equal("running", (string)(await stack.Api.GetAsync("/api/v1/postgres/clusters/life"))["status"]!["phase"]!);
            await stack.SqlAsync("life", "create table kept (id int); insert into kept values (42)");

            var onReplica = await stack.SqlAsync("life", "select id::text || ' ' || pg_is_in_recovery()::text from kept", "read_only");
            var status = (await stack.Api.GetAsync("/api/v1/postgres/clusters/life"))["status"]!;

            Assert.Equal("42 true", onReplica);
            Assert.Single(status["nodes"]!.AsArray(), node => (string)node!["role"]! == "primary");
            Assert.Equal(2, status["nodes"]!.AsArray().Count(node => (string)node!["role"]! == "replica" && (string)node["state"]! == "streaming"));
            Assert.Equal(4, status["endpoints"]!.AsArray().Count);
            Assert.Equal(3, status["nodes"]!.AsArray().Select(node => (string)node!["host"]!).Distinct().Count());
        }
        finally
        {
            await stack.DeleteAsync("life");
        }

        Assert.Equal("", await stack.ObjectsAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await stack.Api.CallAsync(HttpMethod.Get, "/api/v1/postgres/clusters/life")).Status);
    }

    [Requires(Requirement.Lab)]
    public async Task Create_TwiceWithOneKey_IsOne()
    {
        var body = new JsonObject { ["name"] = "once", ["spec"] = new JsonObject { ["node_count"] = 1, ["placement"] = new JsonObject { ["strict"] = false }, ["deletion_protection"] = false } };

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => stack.Api.CallAsync(HttpMethod.Post, "/api/v1/postgres/clusters", body.DeepClone(), "same-key-1")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        Assert.Equal((string)answers[0].Body["operation"]!["id"]!, (string)answers[1].Body["operation"]!["id"]!);
        await stack.Api.SucceedAsync((string)answers[0].Body["operation"]!["id"]!);
        await stack.DeleteAsync("once");
    }

    [Requires(Requirement.Lab)]
    public async Task Delete_WithoutPurge_KeepsDataVolumesOnly()
    {
        await stack.CreateAsync("trash", new JsonObject { ["node_count"] = 1, ["placement"] = new JsonObject { ["strict"] = false } });

        await stack.Api.SucceedAsync(await stack.Api.DeleteAsync("trash", purge: false));

        var left = (await stack.ObjectsAsync()).Split('\n');
        Assert.Single(left);
        Assert.Contains("volume trash-1-", left[0], StringComparison.Ordinal);
        Assert.EndsWith("-data", left[0], StringComparison.Ordinal);
        await stack.DockerAsync(left[0].Split(' ')[0], "volume", "rm", left[0].Split(' ')[2]);
    }

    [Requires(Requirement.Lab)]
    public async Task Undelete_ThreeNodes_HasItsRowsAndItsPassword()
    {
        await stack.CreateAsync("back");
        try
        {
            await stack.SqlAsync("back", "create table kept (id int); insert into kept values (42)");
            var password = (string)(await stack.Api.GetAsync("/api/v1/postgres/clusters/back/credentials"))["password"]!;
            await stack.Api.SucceedAsync(await stack.Api.DeleteAsync("back", purge: false));

            var trashed = Assert.Single((await stack.Api.GetAsync("/api/v1/postgres/clusters?deleted=true"))["clusters"]!.AsArray(), cluster => (string)cluster!["name"]! == "back")!;
            var (status, body) = await stack.Api.CallAsync(HttpMethod.Post, $"/api/v1/postgres/clusters/{trashed["id"]}/undelete", new JsonObject());
            Assert.Equal(HttpStatusCode.Accepted, status);
            await stack.Api.SucceedAsync((string)body["operation"]!["id"]!);

            Assert.Equal(3, trashed["trash"]!["volumes"]!.AsArray().Count);
            Assert.Single(trashed["trash"]!["volumes"]!.AsArray(), volume => (string)volume!["role"]! == "primary" && ((string)volume["lsn"]!).Contains('/', StringComparison.Ordinal));
            Assert.Equal(password, (string)(await stack.Api.GetAsync("/api/v1/postgres/clusters/back/credentials"))["password"]!);
            Assert.Equal(42, await stack.SqlAsync("back", "select id from kept"));
            Assert.Equal(43, await stack.SqlAsync("back", "insert into kept values (43) returning id"));
        }
        finally
        {
            await stack.DeleteAsync("back");
        }

        Assert.Equal("", await stack.ObjectsAsync());
    }

    [Requires(Requirement.Lab)]
    public async Task Create_FourNodesOnThreeHosts_IsRefusedWithReasons()
    {
        var (status, body) = await stack.Api.CallAsync(
            HttpMethod.Post, "/api/v1/postgres/clusters", new JsonObject { ["name"] = "toomany", ["spec"] = new JsonObject { ["node_count"] = 4 } });

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("NO_PLACEMENT", (string)body["reason"]!);
        Assert.Contains("4 hosts are needed", (string)body["detail"]!, StringComparison.Ordinal);
    }

    [Requires(Requirement.Lab)]
    public async Task Connect_WithoutTls_IsRefused()
    {
        await stack.CreateAsync("tls", new JsonObject { ["node_count"] = 1, ["placement"] = new JsonObject { ["strict"] = false } });
        try
        {
            var plain = new NpgsqlConnectionStringBuilder(await stack.ConnectionStringAsync("tls")) { SslMode = SslMode.Disable };
            await using var connection = new NpgsqlConnection(plain.ConnectionString);

            var refusal = await Assert.ThrowsAnyAsync<NpgsqlException>(() => connection.OpenAsync());

            Assert.Contains("pg_hba.conf", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            await stack.DeleteAsync("tls");
        }
    }
}
