namespace Agents.EndToEnd.Tests;

/// <summary>The primary of a real cluster ends hard, while a client writes.</summary>
[Collection(StackCollection.Name)]
public sealed class FailoverTests(StackFixture stack) : StackTests
{
    [Requires(Requirement.Lab)]
    public async Task PrimaryKilled_AnotherTakesWritesAtOnce_NothingAcknowledgedIsLost()
    {
        await stack.CreateAsync("failing");
        try
        {
            await stack.SqlAsync("failing", "create table ledger (id bigint primary key)");
            for (var round = 1; round <= 3; round++)
            {
                var (host, container, name) = await PrimaryAsync();
                await using var ledger = await Ledger.StartAsync(stack, "failing");
                await Task.Delay(TimeSpan.FromSeconds(1));

                await stack.DockerAsync(host, "kill", container);

                await Until.TrueAsync(async () => await StatusOfAsync("phase") == "running", TimeSpan.FromSeconds(60), () => "the cluster is not running again");
                var (acknowledged, gap) = await ledger.StopAsync();
                Assert.NotEqual(name, (await PrimaryAsync()).Name);
                Assert.Equal(acknowledged.Count, (long)(await stack.SqlAsync("failing", $"select count(*) from ledger where id = any (array[{string.Join(',', acknowledged)}]::bigint[])"))!);
                Assert.InRange(gap, TimeSpan.Zero, TimeSpan.FromSeconds(8)); // Without help: nine seconds and more. How long it takes is measured elsewhere.
                var operation = (await stack.Api.GetAsync("/api/v1/operations"))["operations"]!.AsArray().First(found => (string)found!["kind"]! == "postgres.cluster.failover")!;
                Assert.Equal("succeeded", (string)operation["state"]!);
            }
        }
        finally
        {
            await stack.DeleteAsync("failing");
        }

        Assert.Equal("", await stack.ObjectsAsync());
    }

    private async Task<string> StatusOfAsync(string name) => (string)(await stack.Api.GetAsync("/api/v1/postgres/clusters/failing"))["status"]![name]!;

    private async Task<(string Host, string Container, string Name)> PrimaryAsync()
    {
        var status = (await stack.Api.GetAsync("/api/v1/postgres/clusters/failing"))["status"]!;
        var name = (string)status["nodes"]!.AsArray().First(node => (string)node!["role"]! == "primary")!["name"]!;
        var instance = status["instances"]!.AsArray().First(found => (string)found!["name"]! == name)!;
        return ((string)instance["host"]!, $"{name}-{((string)instance["instance_id"]!)[..8]}", name);
    }
}
