using System.Net;
using System.Text.Json.Nodes;

namespace Agents.EndToEnd.Tests;

/// <summary>A real cluster is stopped, stays so through starts of hosts, agents and controller, is started again, and restarted.</summary>
[Collection(StackCollection.Name)]
public sealed class StopAndStartTests(StackFixture stack) : StackTests
{
    private const string Cluster = "resting";
    private static readonly string _path = $"/api/v1/postgres/clusters/{Cluster}";

    [Requires(Requirement.Lab)]
    public async Task Stop_HostIsBootedAndControllerReplaced_StaysStopped_AndStartHasAllRowsAndTheSamePrimary()
    {
        await stack.CreateAsync(Cluster);
        try
        {
            await stack.SqlAsync(Cluster, "create table kept (id int); insert into kept select generate_series(1, 1000)");
            var before = await PrimaryAsync();

            await AskAsync("stop");
            var connection = await stack.ConnectionStringAsync(Cluster);
            await Assert.ThrowsAnyAsync<Exception>(() => StackFixture.SqlAsync(connection, "select 1", TimeSpan.FromSeconds(2)));
            Assert.Equal("", await RunningAsync());
            var stopped = await PhaseAsync("stopped");
            Assert.Equal(("stopped", "Stopped"), ((string)stopped["power"]!, (string)stopped["status"]!["conditions"]![0]!["reason"]!));

            await StackFixture.LabAsync("kill", "h1");
            await StackFixture.LabAsync("start", "h1");
            await StackFixture.StackAsync("agent", "h2", "kill");
            await StackFixture.StackAsync("agent", "h2", "start");
            await StackFixture.StackAsync("controller", "kill");
            await StackFixture.StackAsync("controller", "start");
            await PhaseAsync("stopped");
            await Task.Delay(TimeSpan.FromSeconds(8)); // More than the three seconds after which an agent starts what is to run, and than two turns of the loop.
            Assert.Equal("", await RunningAsync());

            await AskAsync("start");
            Assert.Equal(1000L, await stack.SqlAsync(Cluster, "select count(*) from kept"));
            await stack.SqlAsync(Cluster, "insert into kept values (1001)");
            await PhaseAsync("running");
            Assert.Equal(before, await PrimaryAsync());
            var (status, problem) = await stack.Api.CallAsync(HttpMethod.Post, $"{_path}/start", new JsonObject());
            Assert.Equal((HttpStatusCode.Conflict, "NOT_STOPPED"), (status, (string)problem["reason"]!));

            var starts = await stack.StartsAsync();
            await using var reader = await Reader.StartAsync(stack, Cluster);
            await AskAsync("restart");
            var (count, failures) = await reader.StopAsync();
            Assert.True(failures.Count == 0 && count > 50, $"{failures.Count} of {count + failures.Count} reads failed: {string.Join("; ", failures.Take(5))}");
            Assert.Equal(starts, await stack.StartsAsync());
            Assert.Equal(1001L, await stack.SqlAsync(Cluster, "select count(*) from kept"));
            Assert.True((bool)(await stack.SqlAsync(Cluster, "select now() - pg_postmaster_start_time() < interval '1 minute'"))!);
            await PhaseAsync("running");
            Assert.NotEqual(before, await PrimaryAsync());
        }
        finally
        {
            await stack.DeleteAsync(Cluster);
        }

        Assert.Equal("", await stack.ObjectsAsync());
    }

    private async Task AskAsync(string verb)
    {
        var (status, body) = await stack.Api.CallAsync(HttpMethod.Post, $"{_path}/{verb}", new JsonObject());
        Assert.Equal((HttpStatusCode.Accepted, ""), (status, (string?)body["detail"] ?? ""));
        await stack.Api.SucceedAsync((string)body["operation"]!["id"]!);
    }

    /// <summary>The containers that run, on all hosts.</summary>
    private async Task<string> RunningAsync() => string.Concat(await Task.WhenAll(StackFixture.Hosts.Select(host => stack.DockerAsync(host, "ps", "--format", "{{.Names}}")))).Trim();

    private async Task<JsonNode> PhaseAsync(string phase)
    {
        JsonNode? seen = null;
        await Until.TrueAsync(async () => (string)(seen = await stack.Api.GetAsync(_path))["status"]!["phase"]! == phase, TimeSpan.FromMinutes(1), () => $"{seen?["status"]}");
        return seen!;
    }

    private async Task<string> PrimaryAsync() =>
        (string)(await stack.Api.GetAsync(_path))["status"]!["nodes"]!.AsArray().Single(node => (string)node!["role"]! == "primary")!["name"]!;
}
