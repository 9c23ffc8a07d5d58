using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Agents.EndToEnd.Tests;

/// <summary>Several clusters that are asked for in the same second, as by the people of several teams.</summary>
[Collection(StackCollection.Name)]
public sealed class ManyTests(StackFixture stack) : StackTests
{
    private const int Count = 10;

    [Requires(Requirement.Lab)]
    public async Task TenClustersAtOnce_AllEndWell_AndAreAllDeletedAtOnce()
    {
        var names = Enumerable.Range(1, Count).Select(number => $"many-{number}").ToList();
        var watch = Stopwatch.StartNew();

        var creates = await Task.WhenAll(names.Select(name => stack.Api.CreateAsync(name, Small())));
        var asked = watch.Elapsed;
        var ended = await Task.WhenAll(creates.Select(create => stack.Api.WaitAsync(create, TimeSpan.FromMinutes(5))));
        var deletes = await Task.WhenAll(names.Select(name => stack.Api.DeleteAsync(name)));
        await Task.WhenAll(deletes.Select(stack.Api.SucceedAsync));

        Assert.All(ended, create => Assert.True((string)create["state"]! == "succeeded", create.ToJsonString()));
        Assert.True(asked < TimeSpan.FromSeconds(10), $"they were asked for within {asked}");
        Assert.Equal("", await stack.ObjectsAsync());
    }

    /// <summary>A cluster of one node and one proxy that takes little.</summary>
    private static JsonObject Small() => new()
    {
        ["node_count"] = 1,
        ["proxies"] = new JsonObject { ["count"] = 1 },
        ["placement"] = new JsonObject { ["strict"] = false },
        ["resources"] = new JsonObject { ["memory_bytes"] = 256 << 20, ["disk_bytes"] = 1L << 30 },
    };
}
