using System.Net;
using System.Text.Json.Nodes;

namespace Agents.EndToEnd.Tests;

/// <summary>The primary of a real cluster ends hard, or hangs, while a client writes.</summary>
[Collection(StackCollection.Name)]
public sealed class FailoverTests(StackFixture stack) : StackTests
{
    /// <summary>One that follows another sooner is left to the engine's timers.</summary>
    private static readonly TimeSpan _betweenFailovers = TimeSpan.FromSeconds(16);

    [Requires(Requirement.Lab)]
    public Task PrimaryKilled_AnotherTakesWritesAtOnce_NothingAcknowledgedIsLost() =>
        StrikeAsync("failing", "kill", rounds: 2, TimeSpan.FromSeconds(8), "its container has ended with code 137"); // Without help: nine seconds and more. How long it takes is measured elsewhere.

    [Requires(Requirement.Lab)]
    public Task PrimaryHangs_AnotherTakesWritesWhenItsTimeIsUp_NothingAcknowledgedIsLost() =>
        StrikeAsync("hanging", "pause", rounds: 1, TimeSpan.FromSeconds(18), "its PostgreSQL gave no answer for 1[0-2] s, and it was ended for that"); // Without help: more than twenty.

    [Requires(Requirement.Lab)]
    public async Task Switchover_WhileAClientWrites_NamedAndChosen_NothingAcknowledgedIsLost()
    {
        const string cluster = "switching";
        await stack.CreateAsync(cluster);
        try
        {
            await stack.SqlAsync(cluster, "create table ledger (id bigint primary key)");
            foreach (var to in (string[])[$"{cluster}-3", ""])
            {
                var before = (await PrimaryAsync(cluster)).Name;
                await using var ledger = await Ledger.StartAsync(stack, cluster);
                await Task.Delay(TimeSpan.FromSeconds(2));

                var (planned, plan) = await stack.Api.CallAsync(HttpMethod.Post, $"/api/v1/postgres/clusters/{cluster}/switchover?validate_only=true", new JsonObject { ["to"] = to });
                Assert.Equal(HttpStatusCode.OK, planned);
                Assert.StartsWith($"{before} hands the lead over to {(to.Length > 0 ? $"{to} (streaming" : "the one of these")}", (string)plan["plan"]!["notes"]![0]!, StringComparison.Ordinal);

                var (status, body) = await stack.Api.CallAsync(HttpMethod.Post, $"/api/v1/postgres/clusters/{cluster}/switchover", new JsonObject { ["to"] = to });
                Assert.Equal((HttpStatusCode.Accepted, ""), (status, (string?)body["detail"] ?? ""));
                await stack.Api.SucceedAsync((string)body["operation"]!["id"]!);

                var (acknowledged, gap) = await ledger.StopAsync();
                Assert.Equal(acknowledged.Count, (long)(await stack.SqlAsync(cluster, $"select count(*) from ledger where id = any (array[{string.Join(',', acknowledged)}]::bigint[])"))!);
                Assert.InRange(gap, TimeSpan.Zero, TimeSpan.FromSeconds(10)); // How long it takes is measured elsewhere.
                var after = (await PrimaryAsync(cluster)).Name;
                Assert.NotEqual(before, after);
                Assert.Equal(to.Length > 0 ? to : after, after);
                await IsToldAsync(cluster, "postgres.cluster.switchover", before, after);
            }

            var (refused, problem) = await stack.Api.CallAsync(HttpMethod.Post, $"/api/v1/postgres/clusters/{cluster}/switchover", new JsonObject { ["to"] = (await PrimaryAsync(cluster)).Name });
            Assert.Equal(HttpStatusCode.BadRequest, refused);
            Assert.Contains("is the primary already", (string)problem["detail"]!, StringComparison.Ordinal);
        }
        finally
        {
            await stack.DeleteAsync(cluster);
        }

        Assert.Equal("", await stack.ObjectsAsync());
    }

    private async Task StrikeAsync(string cluster, string verb, int rounds, TimeSpan gapMax, string reason)
    {
        await stack.CreateAsync(cluster);
        try
        {
            await stack.SqlAsync(cluster, "create table ledger (id bigint primary key)");
            for (var round = 1; round <= rounds; round++)
            {
                var (host, container, name) = await PrimaryAsync(cluster);
                await using var ledger = await Ledger.StartAsync(stack, cluster);
                await Task.Delay(TimeSpan.FromSeconds(3));

                await stack.DockerAsync(host, verb, container);

                await Until.TrueAsync(async () => await StatusOfAsync(cluster, "phase") == "running" && (await PrimaryAsync(cluster)).Name != name, TimeSpan.FromSeconds(60), () => "the cluster is not running again");
                var (acknowledged, gap) = await ledger.StopAsync();
                Assert.Equal(acknowledged.Count, (long)(await stack.SqlAsync(cluster, $"select count(*) from ledger where id = any (array[{string.Join(',', acknowledged)}]::bigint[])"))!);
                Assert.InRange(gap, TimeSpan.Zero, gapMax);
                var operation = (await stack.Api.GetAsync("/api/v1/operations"))["operations"]!.AsArray().First(found => (string)found!["kind"]! == "postgres.cluster.failover")!;
                Assert.Equal("succeeded", (string)operation["state"]!);
                Assert.Matches($"^{name} led, and {reason}$", (string)operation["reason"]!);
                await IsToldAsync(cluster, "postgres.cluster.failover", name, (await PrimaryAsync(cluster)).Name);
                if (round < rounds)
                    await Task.Delay(_betweenFailovers);
            }
        }
        finally
        {
            await stack.DeleteAsync(cluster);
        }

        Assert.Equal("", await stack.ObjectsAsync());
    }

    /// <summary>The last change of the primary is told as what it was. The engine writes it down some seconds after it.</summary>
    private async Task IsToldAsync(string cluster, string kind, string from, string to)
    {
        JsonNode told = new JsonObject();
        await Until.TrueAsync(
            async () =>
            {
                told = await stack.Api.GetAsync($"/api/v1/postgres/clusters/{cluster}/failover/history");
                return told["failovers"]!.AsArray().FirstOrDefault() is { } last && (string?)last["to"] == to && (string?)last["from"] == from && (string?)last["operation"]?["kind"] == kind && (int)last["timeline"]! > 1;
            },
            TimeSpan.FromSeconds(30),
            () => $"{kind} from {from} to {to} is not told: {told.ToJsonString()}");
    }

    private async Task<string> StatusOfAsync(string cluster, string name) => (string)(await stack.Api.GetAsync($"/api/v1/postgres/clusters/{cluster}"))["status"]![name]!;

    /// <summary>The node that leads; none where nobody says so.</summary>
    private async Task<(string Host, string Container, string Name)> PrimaryAsync(string cluster)
    {
        var status = (await stack.Api.GetAsync($"/api/v1/postgres/clusters/{cluster}"))["status"]!;
        if (status["nodes"]!.AsArray().FirstOrDefault(node => (string)node!["role"]! == "primary") is not { } primary)
            return ("", "", "");
        var name = (string)primary["name"]!;
        return ((string)primary["host"]!, $"{name}-{((string)primary["instance_id"]!)[..8]}", name);
    }
}
