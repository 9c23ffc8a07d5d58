using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Agents.EndToEnd.Tests;

/// <summary>What a create finds out about ports before its plan is frozen.</summary>
[Collection(StackCollection.Name)]
public sealed class PlacementTests(StackFixture stack) : StackTests
{
    [Requires(Requirement.Lab)]
    public async Task PortBlockedBetweenTwoHosts_FailsTheCreateAndNamesBoth()
    {
        await StackFixture.LabAsync("block", "h1", "h2", "20001");
        try
        {
            var ended = await stack.Api.WaitAsync(await stack.Api.CreateAsync("blocked"), TimeSpan.FromMinutes(1));

            Assert.Equal("failed", (string)ended["state"]!);
            Assert.Equal("PORT_BLOCKED", (string)ended["error"]!["reason"]!);
            Assert.Contains("h1 → h2:20001 blocked", (string)ended["error"]!["message"]!, StringComparison.Ordinal);
        }
        finally
        {
            await StackFixture.LabAsync("unblock");
        }

        Assert.Equal("", await stack.ObjectsAsync());
    }

    [Requires(Requirement.Lab)]
    public async Task PortTakenOnAHost_IsPlannedAround()
    {
        using var listener = Process.Start("nsenter", [$"--net={stack.Of("LAB_H1_NETNS")}", "busybox", "httpd", "-f", "-p", $"{stack.AddressOf("h1")}:20000", "-h", "/run/netns"]);
        try
        {
            await Until.TrueAsync(
                async () => (await StackFixture.LabAsync("exec", "h1", "ss", "-Hltn")).Contains(":20000", StringComparison.Ordinal), TimeSpan.FromSeconds(10), () => "nobody listens");

            await stack.CreateAsync("around", new JsonObject { ["node_count"] = 1, ["placement"] = new JsonObject { ["strict"] = false } });

            var status = (await stack.Api.GetAsync("/api/v1/postgres/clusters/around"))["status"]!;
            var addresses = status["nodes"]!.AsArray().Concat(status["instances"]!.AsArray()).Select(instance => (string)instance!["address"]!);
            Assert.DoesNotContain($"{stack.AddressOf("h1")}:20000", addresses);
        }
        finally
        {
            listener.Kill();
            await listener.WaitForExitAsync();
        }

        await stack.DeleteAsync("around");
    }

    [Requires(Requirement.Lab)]
    public async Task FourNodesOnThreeHosts_WithoutStrict_AreMadeWithAWarning()
    {
        var spec = new JsonObject { ["node_count"] = 4, ["resources"] = Api.SmallDisk(), ["placement"] = new JsonObject { ["strict"] = false }, ["deletion_protection"] = false };
        var (_, planned) = await stack.Api.CallAsync(HttpMethod.Post, "/api/v1/postgres/clusters?validate_only=true", new JsonObject { ["name"] = "crowd", ["spec"] = spec });

        await stack.CreateAsync("crowd", (JsonObject)spec.DeepClone());

        var nodes = (await stack.Api.GetAsync("/api/v1/postgres/clusters/crowd"))["status"]!["nodes"]!.AsArray();
        Assert.Contains("nodes share host", (string)planned["plan"]!["warnings"]![0]!, StringComparison.Ordinal);
        Assert.Equal(4, nodes.Count);
        await stack.DeleteAsync("crowd");
    }
}
