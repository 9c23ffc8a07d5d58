using System.Text.Json.Nodes;

namespace Agents.EndToEnd.Tests;

/// <summary>What breaks around a cluster: the controller, agents, engines. The databases go on.</summary>
[Collection(StackCollection.Name)]
public sealed class PowerAndControllerTests(StackFixture stack) : StackTests
{
    private static readonly string[] _afterPlacing = ["start etcd", "etcd quorum", "start first node and proxies", "bootstrap", "open", "converge"];

    [Requires(Requirement.Lab)]
    public async Task ControllerKilled_InMidCreate_GoesOnWithin30Seconds()
    {
        foreach (var step in _afterPlacing)
        {
            var name = $"killed-{Array.IndexOf(_afterPlacing, step)}";
            var operation = await stack.Api.CreateAsync(name);
            await stack.Api.WaitAsync(operation, TimeSpan.FromSeconds(60), found => StateOf(found, step) != "pending");

            await StackFixture.StackAsync("controller", "kill");
            await StackFixture.StackAsync("controller", "start");

            await stack.Api.SucceedAsync(operation);
            await stack.SqlAsync(name, "create table t (id int)");
            await stack.DeleteAsync(name);
            Assert.Equal("", await stack.ObjectsAsync());
        }
    }

    [Requires(Requirement.Lab)]
    public async Task ControllerKilled_InMidDelete_GoesOn()
    {
        await stack.CreateAsync("half");
        var operation = await stack.Api.DeleteAsync("half");
        await stack.Api.WaitAsync(operation, TimeSpan.FromSeconds(60), found => StateOf(found, "stop nodes") != "pending");

        await StackFixture.StackAsync("controller", "kill");
        await StackFixture.StackAsync("controller", "start");

        await stack.Api.SucceedAsync(operation);
        Assert.Equal("", await stack.ObjectsAsync());
    }

    [Requires(Requirement.Lab)]
    public async Task AgentsAndControllerReplaced_OverARunningCluster_TouchNoContainer()
    {
        await stack.CreateAsync("calm");
        try
        {
            var before = await stack.StartsAsync();

            foreach (var host in StackFixture.Hosts)
            {
                await StackFixture.StackAsync("agent", host, "kill");
                await StackFixture.StackAsync("agent", host, "start");
            }

            await StackFixture.StackAsync("controller", "stop");
            await StackFixture.StackAsync("controller", "start");
            await RunningAsync("calm");

            Assert.Equal(before, await stack.StartsAsync());
        }
        finally
        {
            await stack.DeleteAsync("calm");
        }
    }

    [Requires(Requirement.Lab)]
    public async Task AllEnginesKilled_WithTheControllerAway_ComeBackWritable()
    {
        await stack.CreateAsync("power");
        try
        {
            await stack.SqlAsync("power", "create table kept (id int); insert into kept values (1)");
            var connection = await stack.ConnectionStringAsync("power");
            await StackFixture.StackAsync("controller", "stop");

            await Task.WhenAll(StackFixture.Hosts.Select(host => StackFixture.LabAsync("kill", host)));
            await Task.WhenAll(StackFixture.Hosts.Select(host => StackFixture.LabAsync("start", host)));
            await StackFixture.SqlAsync(connection, "insert into kept values (2)", TimeSpan.FromMinutes(2));

            await StackFixture.StackAsync("controller", "start");
            await RunningAsync("power");
            Assert.Equal(2L, await stack.SqlAsync("power", "select count(*) from kept"));
        }
        finally
        {
            await StackFixture.StackAsync("controller", "start");
            await stack.DeleteAsync("power");
        }
    }

    [Requires(Requirement.Lab)]
    public async Task AgentKilled_DuringCreate_CreateGoesOnWhenItReturns()
    {
        var operation = await stack.Api.CreateAsync("agentless");
        await stack.Api.WaitAsync(operation, TimeSpan.FromSeconds(60), found => StateOf(found, "start etcd") != "pending");

        await StackFixture.StackAsync("agent", "h2", "kill");
        await StackFixture.StackAsync("agent", "h2", "start");

        await stack.Api.SucceedAsync(operation);
        await stack.DeleteAsync("agentless");
    }

    [Requires(Requirement.Lab)]
    public async Task PacketsOfAHostDropped_DuringCreate_CreateGoesOnWhenTheyPass()
    {
        var operation = await stack.Api.CreateAsync("dropped");
        await stack.Api.WaitAsync(operation, TimeSpan.FromSeconds(60), found => StateOf(found, "start etcd") != "pending");

        await StackFixture.LabAsync("drop", "h3");
        await Task.Delay(TimeSpan.FromSeconds(5));
        await StackFixture.LabAsync("heal", "h3");

        await stack.Api.SucceedAsync(operation);
        await stack.DeleteAsync("dropped");
    }

    [Requires(Requirement.Lab)]
    public async Task DockerDownOnAHost_DuringCreate_CreateGoesOnWhenItReturns()
    {
        var operation = await stack.Api.CreateAsync("engineless");
        await stack.Api.WaitAsync(operation, TimeSpan.FromSeconds(60), found => StateOf(found, "start etcd") != "pending");

        await StackFixture.LabAsync("stop-engine", "h3");
        await StackFixture.LabAsync("start", "h3");

        await stack.Api.SucceedAsync(operation);
        await stack.DeleteAsync("engineless");
    }

    [Requires(Requirement.Lab)]
    public async Task LiveRestore_EngineOfThePrimaryKilled_DatabaseGoesOnAndNothingIsRestarted()
    {
        await stack.CreateAsync("live");
        try
        {
            await stack.SqlAsync("live", "create table kept (id int)");
            var primary = await PrimaryAsync("live");
            var connection = await stack.AllEndpointsAsync("live");
            await StackFixture.LabAsync("live-restore", primary, "on");
            var before = await stack.StartsAsync();

            await StackFixture.LabAsync("stop-engine", primary, "--hard");
            for (var row = 0; row < 10; row++)
                await StackFixture.SqlAsync(connection, $"insert into kept values ({row})", TimeSpan.FromSeconds(10));
            await Until.TrueAsync(
                async () => Condition(await StatusAsync("live"), "Writable") == ("Unknown", "PrimaryOutOfSight"),
                TimeSpan.FromSeconds(30),
                () => "the status does not say that the primary is out of sight");
            await StackFixture.LabAsync("start", primary);
            await RunningAsync("live");

            Assert.Equal(before, await stack.StartsAsync());
            Assert.Equal(10L, await stack.SqlAsync("live", "select count(*) from kept"));
            Assert.Equal(primary, await PrimaryAsync("live"));
        }
        finally
        {
            foreach (var host in StackFixture.Hosts)
            {
                await StackFixture.LabAsync("start", host);
                await StackFixture.LabAsync("live-restore", host, "off");
            }

            await stack.DeleteAsync("live");
        }
    }

    [Requires(Requirement.Lab)]
    public async Task HostAway_DuringDelete_IsCleanedUpWhenItReturns()
    {
        await stack.CreateAsync("away");
        await StackFixture.StackAsync("agent", "h1", "stop");

        var operation = await stack.Api.DeleteAsync("away");
        var pending = await stack.Api.WaitAsync(operation, TimeSpan.FromMinutes(2));
        await StackFixture.StackAsync("agent", "h1", "start");

        Assert.Equal("succeeded_pending_hosts", (string)pending["state"]!);
        await stack.Api.WaitAsync(operation, TimeSpan.FromMinutes(2), found => (string)found["state"]! == "succeeded");
        Assert.Equal("", await stack.ObjectsAsync());
    }

    private static string StateOf(JsonNode operation, string step) =>
        (string)operation["steps"]!.AsArray().First(candidate => (string)candidate!["name"]! == step)!["state"]!;

    private async Task<JsonNode> StatusAsync(string cluster) => (await stack.Api.GetAsync($"/api/v1/postgres/clusters/{cluster}"))["status"]!;

    /// <summary>The host of the node that is said to lead.</summary>
    private async Task<string> PrimaryAsync(string cluster) =>
        (string)(await StatusAsync(cluster))["nodes"]!.AsArray().Single(node => (string)node!["role"]! == "primary")!["host"]!;

    private static (string Status, string Reason) Condition(JsonNode status, string type)
    {
        var found = status["conditions"]!.AsArray().Single(condition => (string)condition!["type"]! == type)!;
        return ((string)found["status"]!, (string)found["reason"]!);
    }

    private Task RunningAsync(string cluster) => Until.TrueAsync(
        async () => (string)(await StatusAsync(cluster))["phase"]! == "running",
        TimeSpan.FromMinutes(1),
        () => $"{cluster} is not running");
}
