using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Agents.EndToEnd.Tests;

/// <summary>A controller whose store is not the one that the fleet has lived by: it takes nothing away, and acts on nothing that it does not know.</summary>
[Collection(StackCollection.Name)]
public sealed class StoreTests(StackFixture stack) : StackTests
{
    private const string KeepTheFleetAlone =
        """
        PRAGMA foreign_keys = OFF;
        DELETE FROM instance_ports; DELETE FROM instances; DELETE FROM networks; DELETE FROM epoch_terms; DELETE FROM credentials; DELETE FROM leftovers;
        DELETE FROM operations; DELETE FROM events; DELETE FROM idempotent_answers; DELETE FROM clusters;
        UPDATE identity SET epoch = 0, revision = 0, operation_sequence = 0;
        """;

    [Requires(Requirement.Lab)]
    public async Task StoreWithoutClusters_SameAuthority_RemovesNothing()
    {
        await stack.CreateAsync("known");
        try
        {
            var (objects, starts) = (await stack.ObjectsAsync(), await stack.StartsAsync());
            var saved = await ReplaceStoreAsync(path => Execute(path, KeepTheFleetAlone));
            await HostsReadyAsync();
            await Task.Delay(TimeSpan.FromSeconds(6)); // Three turns of every loop.

            Assert.Empty((await stack.Api.GetAsync("/api/v1/postgres/clusters"))["clusters"]!.AsArray());
            Assert.Equal(objects, await stack.ObjectsAsync());
            Assert.Equal(starts, await stack.StartsAsync());

            await ReplaceStoreAsync(path => File.Copy(saved, path, overwrite: true));
            await HostsReadyAsync();
            await stack.SqlAsync("known", "create table t (id int)");
            Assert.Equal(starts, await stack.StartsAsync());
        }
        finally
        {
            await stack.DeleteAsync("known");
        }

        Assert.Equal("", await stack.ObjectsAsync());
    }

    [Requires(Requirement.Lab)]
    public async Task StoreFromBeforeADelete_ChangesNothingUntilConfirmed()
    {
        await stack.CreateAsync("older");
        var saved = await ReplaceStoreAsync(_ => { });
        await HostsReadyAsync();
        await stack.DeleteAsync("older");

        await ReplaceStoreAsync(path => File.Copy(saved, path, overwrite: true));
        await Until.TrueAsync(
            async () => (bool)(await stack.Api.GetAsync("/api/v1/controller"))["observe_only"]!, TimeSpan.FromSeconds(30), () => "the controller does not see that its store is older");
        var (status, problem) = await stack.Api.CallAsync(HttpMethod.Post, "/api/v1/postgres/clusters", new JsonObject { ["name"] = "more" });
        await Task.Delay(TimeSpan.FromSeconds(5)); // Two turns of every loop.

        Assert.Equal((HttpStatusCode.Conflict, "OBSERVE_ONLY"), (status, (string)problem["reason"]!));
        Assert.Equal("", await stack.ObjectsAsync());

        var (confirmed, _) = await stack.Api.CallAsync(HttpMethod.Post, "/api/v1/controller/confirm-restore", new JsonObject { ["reason"] = "a test" });
        await HostsReadyAsync();
        Assert.Equal(HttpStatusCode.OK, confirmed);
        Assert.False((bool)(await stack.Api.GetAsync("/api/v1/controller"))["observe_only"]!);
        await stack.DeleteAsync("older");
        Assert.Equal("", await stack.ObjectsAsync());
    }

    /// <summary>Stops the controller, keeps a copy of its store, changes the store, and starts it again. Returns where the copy is.</summary>
    private async Task<string> ReplaceStoreAsync(Action<string> change)
    {
        await StackFixture.StackAsync("controller", "stop");
        try
        {
            var path = Path.Combine(stack.Of("STACK_DATA"), "controller", "state.db");
            Execute(path, "PRAGMA wal_checkpoint(TRUNCATE)");
            var saved = $"{path}.saved-{Guid.NewGuid():N}";
            File.Copy(path, saved);
            foreach (var beside in new[] { "-wal", "-shm" })
                File.Delete(path + beside);
            change(path);
            return saved;
        }
        finally
        {
            await StackFixture.StackAsync("controller", "start");
        }
    }

    private static void Execute(string path, string sql)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private Task HostsReadyAsync() => Until.TrueAsync(
        async () => (await stack.Api.GetAsync("/api/v1/hosts"))["hosts"]!.AsArray().Count(host => (string)host!["state"]! == "ready") == StackFixture.Hosts.Count,
        TimeSpan.FromSeconds(30),
        () => "not all hosts are ready");
}
