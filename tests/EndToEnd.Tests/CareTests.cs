namespace Agents.EndToEnd.Tests;

/// <summary>What a person does to a cluster's containers behind the controller's back: it is put right, and no data is lost.</summary>
[Collection(StackCollection.Name)]
public sealed class CareTests(StackFixture stack) : StackTests
{
    [Requires(Requirement.Lab)]
    public async Task ContainersRemovedByHand_AreMadeAgainOverTheirData()
    {
        await stack.CreateAsync("care");
        try
        {
            await stack.SqlAsync("care", "create table kept (id int); insert into kept values (1)");
            var status = (await stack.Api.GetAsync("/api/v1/postgres/clusters/care"))["status"]!;
            var replica = status["nodes"]!.AsArray().First(node => (string)node!["role"]! == "replica")!;
            var etcd = status["instances"]!.AsArray().First(instance => (string)instance!["kind"]! == "etcd")!;
            var proxy = status["instances"]!.AsArray().First(instance => (string)instance!["kind"]! == "haproxy")!;
            var removed = new[] { replica, etcd, proxy }.Select(instance => (Host: (string)instance["host"]!, Container: $"{(string)instance["name"]!}-{((string)instance["instance_id"]!)[..8]}")).ToList();

            foreach (var (host, container) in removed)
                await stack.DockerAsync(host, "rm", "-f", container);

            foreach (var (host, container) in removed)
            {
                await Until.TrueAsync(
                    async () => (await stack.DockerAsync(host, "ps", "--filter", $"name={container}", "--format", "{{.Names}}")).Trim() == container,
                    TimeSpan.FromSeconds(60),
                    () => $"{container} does not run on {host}");
            }

            await Until.TrueAsync(
                async () => (string)(await stack.Api.GetAsync("/api/v1/postgres/clusters/care"))["status"]!["phase"]! == "running",
                TimeSpan.FromMinutes(1),
                () => "the cluster is not running");
            Assert.Equal(1L, await stack.SqlAsync("care", "select count(*) from kept", "read_only"));
        }
        finally
        {
            await stack.DeleteAsync("care");
        }

        Assert.Equal("", await stack.ObjectsAsync());
    }
}
