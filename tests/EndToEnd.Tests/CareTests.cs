using System.Text.Json.Nodes;

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

    [Requires(Requirement.Lab)]
    public async Task VolumesEmptiedByHand_StartNothing_AndAreFilledFromTheOthers()
    {
        await stack.CreateAsync("emptied");
        try
        {
            await stack.SqlAsync("emptied", "create table kept (id int); insert into kept values (1)");
            await EmptyAsync(await FindAsync(instance => (string)instance["kind"]! == "etcd"));
            await Until.TrueAsync(
                async () =>
                {
                    await stack.SqlAsync("emptied", "insert into kept values (2)");
                    return (await stack.Api.GetAsync("/api/v1/operations"))["operations"]!.AsArray().Any(operation =>
                        (string)operation!["resource_name"]! == "emptied" && (string)operation["kind"]! == "postgres.cluster.replace_member" && (string)operation["state"]! == "succeeded");
                },
                TimeSpan.FromMinutes(3),
                () => "no other etcd member has taken its place");
            var rows = await stack.SqlAsync("emptied", "select count(*) from kept");

            foreach (var role in new[] { "replica", "primary" })
            {
                var status = (await stack.Api.GetAsync("/api/v1/postgres/clusters/emptied"))["status"]!;
                var name = (string)status["nodes"]!.AsArray().First(node => (string)node!["role"]! == role)!["name"]!;
                var (host, container) = await FindAsync(node => (string)node["name"]! == name, "nodes");
                await EmptyAsync((host, container));
                await Until.TrueAsync(
                    async () => await HasDataAsync(host, container) && (string)(await stack.Api.GetAsync("/api/v1/postgres/clusters/emptied"))["status"]!["phase"]! == "running",
                    TimeSpan.FromMinutes(2),
                    () => $"the {role} has not got its data again");
                Assert.Equal(rows, await stack.SqlAsync("emptied", "select count(*) from kept"));
            }
        }
        finally
        {
            await stack.DeleteAsync("emptied");
        }

        Assert.Equal("", await stack.ObjectsAsync());
    }

    private async Task<(string Host, string Container)> FindAsync(Func<JsonNode, bool> isIt, string collection = "instances")
    {
        var instance = (await stack.Api.GetAsync("/api/v1/postgres/clusters/emptied"))["status"]![collection]!.AsArray().First(instance => isIt(instance!))!;
        return ((string)instance["host"]!, $"{(string)instance["name"]!}-{((string)instance["instance_id"]!)[..8]}");
    }

    /// <summary>Ends a container, and takes everything out of its data volume before its agent starts it again.</summary>
    private async Task EmptyAsync((string Host, string Container) instance)
    {
        var directory = await DataOfAsync(instance.Host, instance.Container);
        await stack.DockerAsync(instance.Host, "kill", instance.Container);
        Directory.Delete(Path.Combine(directory, "data"), recursive: true);
    }

    private async Task<bool> HasDataAsync(string host, string container) => File.Exists(Path.Combine(await DataOfAsync(host, container), "data/global/pg_control"));

    private async Task<string> DataOfAsync(string host, string container) => (await stack.DockerAsync(host, "volume", "inspect", "-f", "{{.Mountpoint}}", $"{container}-data")).Trim();
}
