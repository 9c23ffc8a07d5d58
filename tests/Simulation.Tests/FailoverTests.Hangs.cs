using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Simulation.Tests;

/// <content>A primary that gives no answer is ended by its agent, and another leads; whatever else gives none, or for less long, is left alone.</content>
public sealed partial class FailoverTests
{
    [Fact]
    public async Task Turn_PrimaryHangs_AnotherLeadsAndItComesBackAsAReplica()
    {
        var simulation = await CreatedAsync();
        var (host, container, instance) = await simulation.FindAsync("demo-1");
        container.IsFrozen = true;

        await simulation.TurnsAsync(9);
        Assert.Empty(await OperationsAsync(simulation));
        Assert.Equal(1, container.Starts);
        await simulation.TurnsAsync(5);

        Assert.Equal("demo-2", await LeaderAsync(simulation));
        await simulation.TurnsAsync(20);
        var operation = Assert.Single(await OperationsAsync(simulation));
        Assert.Equal((OperationState.Succeeded, "demo-1 led, and its PostgreSQL gave no answer for 10 s, and it was ended for that"), (operation.State, operation.Origin.Reason));
        Assert.Equal((true, 2, ""), (container.IsRunning, container.Starts, host.Records[instance.Id].Hang));
        Assert.Equal("demo-2", await LeaderAsync(simulation));
        await simulation.AssertSoundAsync("the primary hung");
    }

    [Fact]
    public async Task Turn_PrimaryStallsForLessLong_NothingIsDone()
    {
        var simulation = await CreatedAsync();
        var container = (await simulation.FindAsync("demo-1")).Container;

        for (var stall = 0; stall < 3; stall++)
        {
            container.IsFrozen = true;
            await simulation.TurnsAsync(8);
            container.IsFrozen = false;
            await simulation.TurnsAsync(3);
        }

        await AssertNothingWasDoneAsync(simulation, "demo-1");
        Assert.Equal("demo-1", await LeaderAsync(simulation));
    }

    [Fact]
    public async Task Turn_PrimaryStarts_NothingIsDone()
    {
        var simulation = await CreatedAsync();
        (await simulation.FindAsync("demo-1")).Container.IsStarting = true;

        await simulation.TurnsAsync(40);

        await AssertNothingWasDoneAsync(simulation, "demo-1");
    }

    [Fact]
    public async Task Turn_ReplicaHangs_NothingIsDone()
    {
        var simulation = await CreatedAsync();
        (await simulation.FindAsync("demo-2")).Container.IsFrozen = true;

        await simulation.TurnsAsync(40);

        await AssertNothingWasDoneAsync(simulation, "demo-2");
        Assert.Equal("demo-1", await LeaderAsync(simulation));
    }

    [Theory]
    [InlineData("it may be silent for ever")]
    [InlineData("a commit waits for no replica")]
    [InlineData("a person has paused failover")]
    public async Task Turn_PrimaryHangsAndThatIsBorne_ItIsNotEnded(string what)
    {
        var simulation = await CreatedAsync();
        if (what == "a person has paused failover")
            simulation.Fleet.Engine(simulation.Cluster.Ref).IsPaused = true;
        else
            await ChangeAsync(simulation, effective => what == "a commit waits for no replica" ? effective with { Durability = Durability.Async } : effective with { HangTimeout = TimeSpan.Zero });
        await simulation.TurnsAsync(5);
        (await simulation.FindAsync("demo-1")).Container.IsFrozen = true;

        await simulation.TurnsAsync(40);

        await AssertNothingWasDoneAsync(simulation, "demo-1");
    }

    [Fact]
    public async Task Turn_ItsTimeIsChanged_CountsFromThenOn()
    {
        var simulation = await CreatedAsync();
        await ChangeAsync(simulation, effective => effective with { HangTimeout = TimeSpan.FromSeconds(4) });
        await simulation.TurnsAsync(5);
        (await simulation.FindAsync("demo-1")).Container.IsFrozen = true;

        await simulation.TurnsAsync(8);

        Assert.Equal("demo-2", await LeaderAsync(simulation));
    }

    [Fact]
    public async Task Turn_PrimaryHangsAndNoControllerIsThere_ItIsStartedAgain()
    {
        var simulation = await CreatedAsync();
        var (host, container, _) = await simulation.FindAsync("demo-1");
        host.IsLinked = false;
        container.IsFrozen = true;

        await simulation.TurnsAsync(16);

        Assert.Equal((true, 2), (container.IsRunning, container.Starts));
        Assert.Equal("demo-1", await LeaderAsync(simulation));
        Assert.Empty(await OperationsAsync(simulation));
    }

    [Fact]
    public async Task Turn_PrimaryHangsAndCannotBeEnded_IsNamedAndTheEngineDecides()
    {
        var simulation = await CreatedAsync();
        var (host, container, instance) = await simulation.FindAsync("demo-1");
        host.Undead.Add(instance.Id);
        container.IsFrozen = true;

        await simulation.TurnsAsync(14);

        Assert.Empty(await OperationsAsync(simulation));
        Assert.Contains(simulation.Controller.View.Held(simulation.Cluster.Id), held => held.Hold is { Member: "demo-1", Reason: Hold.Hung });
        await simulation.TurnsAsync(20);
        Assert.NotEqual("demo-1", await LeaderAsync(simulation));
    }

    private static Task ChangeAsync(Simulation simulation, Func<EffectiveSpec, EffectiveSpec> change) => simulation.WriteAsync(writer =>
    {
        var cluster = writer.FindCluster(simulation.Cluster.Id)!;
        Assert.True(writer.UpdateCluster(cluster with { Effective = change(cluster.Effective), Generation = cluster.Generation + 1 }, cluster.Generation));
    });

    private static async Task AssertNothingWasDoneAsync(Simulation simulation, string member)
    {
        Assert.Equal(1, (await simulation.FindAsync(member)).Container.Starts);
        Assert.Empty(await OperationsAsync(simulation));
    }
}
