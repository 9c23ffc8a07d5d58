using System.Net;
using System.Text.Json.Nodes;

namespace Agents.EndToEnd.Tests;

/// <summary>Replicas of a real cluster are taken out and added while clients read and write.</summary>
[Collection(StackCollection.Name)]
public sealed class ScaleTests(StackFixture stack) : StackTests
{
    private const string Cluster = "growing";
    private static readonly string _path = $"/api/v1/postgres/clusters/{Cluster}";

    [Requires(Requirement.Lab)]
    public async Task Scale_ReplicaRemovedAndAnotherAdded_NobodyReadsInVainAndNoWriteIsLost()
    {
        await stack.CreateAsync(Cluster);
        try
        {
            await stack.SqlAsync(Cluster, "create table ledger (id bigint primary key)");
            await using var ledger = await Ledger.StartAsync(stack, Cluster);
            await using var reader = await Reader.StartAsync(stack, Cluster);
            var before = await NodesAsync();

            var plan = (await stack.Api.CallAsync(HttpMethod.Post, $"{_path}/scale?validate_only=true", new JsonObject { ["action"] = "remove" })).Body["plan"]!;
            Assert.Equal("take nodes out of the proxies", (string)plan["steps"]![0]!);
            await AskAsync(new JsonObject { ["action"] = "remove", ["node_count"] = 1 });
            var left = await NodesAsync();
            var gone = Assert.Single(before.Except(left));
            Assert.Equal($"{gone} goes: of those that stream it came last", (string)plan["notes"]![0]!);
            Assert.DoesNotContain(gone, await stack.ObjectsAsync(), StringComparison.Ordinal);

            await AskAsync(new JsonObject { ["action"] = "add" });
            var added = Assert.Single((await NodesAsync()).Except(left));
            await Until.TrueAsync(
                async () => (await stack.Api.GetAsync(_path))["status"]!["conditions"]!.AsArray().All(condition => (string)condition!["status"]! == "True"), TimeSpan.FromMinutes(1), () => "not all is well");
            Assert.NotEqual(gone, added);
            Assert.Equal(3, (int)(await stack.Api.GetAsync(_path))["spec"]!["node_count"]!);

            var (count, failures) = await reader.StopAsync();
            var (acknowledged, gap) = await ledger.StopAsync();
            Assert.True(failures.Count == 0 && count > 100, $"{failures.Count} of {count + failures.Count} reads failed: {string.Join("; ", failures.Take(5))}");
            Assert.InRange(gap, TimeSpan.Zero, TimeSpan.FromSeconds(2));
            Assert.Equal((long)acknowledged.Count, await stack.SqlAsync(Cluster, $"select count(*) from ledger where id = any(array[{string.Join(',', acknowledged)}]::bigint[])"));

            var (status, problem) = await stack.Api.CallAsync(HttpMethod.Post, $"{_path}/scale", new JsonObject { ["action"] = "add" });
            Assert.Equal((HttpStatusCode.Conflict, "NO_PLACEMENT"), (status, (string)problem["reason"]!));
        }
        finally
        {
            await stack.DeleteAsync(Cluster);
        }

        Assert.Equal("", await stack.ObjectsAsync());
    }

    private async Task AskAsync(JsonObject body)
    {
        var (status, answer) = await stack.Api.CallAsync(HttpMethod.Post, $"{_path}/scale", body);
        Assert.Equal((HttpStatusCode.Accepted, ""), (status, (string?)answer["detail"] ?? ""));
        await stack.Api.SucceedAsync((string)answer["operation"]!["id"]!);
    }

    private async Task<IReadOnlyList<string>> NodesAsync() => [.. (await stack.Api.GetAsync(_path))["status"]!["nodes"]!.AsArray().Select(node => (string)node!["name"]!)];
}
