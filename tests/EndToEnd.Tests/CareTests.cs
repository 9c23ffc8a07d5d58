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

            await TakeOutOfItsNetworkAsync(removed[2].Host, removed[2].Container);
            await ReplaceLostEtcdMemberAsync(removed[1].Host, removed[1].Container);
        }
        finally
        {
            await stack.DeleteAsync("care");
        }

        Assert.Equal("", await stack.ObjectsAsync());
    }

    /// <summary>A proxy that is taken out of its network is made again.</summary>
    private async Task TakeOutOfItsNetworkAsync(string host, string container)
    {
        var network = (await stack.DockerAsync(host, "inspect", "-f", "{{.HostConfig.NetworkMode}}", container)).Trim();

        await stack.DockerAsync(host, "network", "disconnect", "-f", network, container);

        await Until.TrueAsync(
            async () => (await stack.DockerAsync(host, "ps", "--filter", $"name={container}", "--filter", $"network={network}", "--format", "{{.Names}}")).Trim() == container,
            TimeSpan.FromSeconds(90),
            () => $"{container} is not in its network again");
    }

    /// <summary>An etcd member that is removed with its data is replaced by another one, and writes go on.</summary>
    private async Task ReplaceLostEtcdMemberAsync(string host, string container)
    {
        // The loop makes the container again at once: whoever is quicker.
        await Until.TrueAsync(
            async () =>
            {
                await stack.DockerAsync(host, "rm", "-f", container);
                return (await Shell.TryAsync("docker", "-H", stack.Of($"LAB_{host.ToUpperInvariant()}_DOCKER_HOST"), "volume", "rm", $"{container}-data")).ExitCode == 0;
            },
            TimeSpan.FromSeconds(60),
            () => $"the data of {container} could not be removed");

        await Until.TrueAsync(
            async () =>
            {
                await stack.SqlAsync("care", "insert into kept values (2)");
                return (await stack.Api.GetAsync("/api/v1/operations"))["operations"]!.AsArray()
                    .Any(operation => (string)operation!["kind"]! == "postgres.cluster.replace_member" && (string)operation["state"]! == "succeeded");
            },
            TimeSpan.FromMinutes(3),
            () => "no other etcd member has taken its place");
        Assert.Equal(3, (await stack.Api.GetAsync("/api/v1/postgres/clusters/care"))["status"]!["instances"]!.AsArray().Count(instance => (string)instance!["kind"]! == "etcd"));
        Assert.Equal("", (await stack.DockerAsync(host, "ps", "-aq", "--filter", $"name={container}")).Trim());
    }
}
