using Agents.Controller.Execution.Engines.Patroni;
using Agents.Domain.Engines;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Simulation.Tests;

/// <summary>What keeps the first node of a new cluster from leading: ended where it would never end, and told.</summary>
public sealed class BootstrapFaultTests
{
    [Fact]
    public async Task Create_WhoWasToBeginTheDataIsNotThere_BeginsAfterAMoment()
    {
        var simulation = await Simulation.StartAsync();
        simulation.Fleet.Engine(A.Cluster().Ref).IsBegun = true;

        await simulation.RequestCreateAsync();
        await simulation.RunAsync();

        Assert.Equal(OperationState.Succeeded, (await simulation.OperationAsync(1)).State);
        Assert.False(simulation.Fleet.Engine(A.Cluster().Ref).IsBegun);
        await simulation.AssertSoundAsync("the key was left behind");
    }

    [Fact]
    public async Task Create_FirstNodeBeginsAndIsSlow_IsLeftAlone()
    {
        var simulation = await Simulation.StartAsync();
        var engine = simulation.Fleet.Engine(A.Cluster().Ref);
        engine.IsBegun = engine.IsBusy = true;

        await simulation.RequestCreateAsync();
        await simulation.TurnsAsync(200);

        var bootstrap = (await simulation.OperationAsync(1)).Steps.Single(step => step.Name == StepNames.Bootstrap);
        Assert.Equal((OperationState.Running, "waiting for the first primary: demo-1 says: initializing new cluster"), (bootstrap.State, bootstrap.Message));
        Assert.True(engine.IsBegun);
    }

    [Fact]
    public async Task Create_FirstNodeHasNoServer_TheOthersWaitForItAWhile()
    {
        var simulation = await Simulation.StartAsync();
        var engine = simulation.Fleet.Engine(A.Cluster().Ref);
        var startedAt = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        simulation.Fleet.Fault = call =>
        {
            foreach (var node in call.Host.Containers.Values.Where(container => container is { Kind: "postgres", IsRunning: true }))
                startedAt.TryAdd(node.Member, simulation.Time.GetUtcNow());
            return null;
        };
        engine.IsHeldUp = true;

        await simulation.RequestCreateAsync();
        await simulation.TurnsAsync(60);

        Assert.Equal(["demo-1", "demo-2", "demo-3"], startedAt.Keys.Order(StringComparer.Ordinal));
        Assert.All(["demo-2", "demo-3"], other => Assert.InRange(startedAt[other] - startedAt["demo-1"], TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Create_FirstNodeIsCutWhileItBegins_IsPlannedAgain()
    {
        var simulation = await Simulation.StartAsync();
        simulation.Fleet.Engine(A.Cluster().Ref).Cuts = 1;

        await simulation.RequestCreateAsync();
        await simulation.RunAsync();

        var operation = await simulation.OperationAsync(1);
        Assert.Equal((OperationState.Succeeded, 1), (operation.State, operation.Steps[0].Undone));
        Assert.Contains("demo-1 was cut while it began its data", Assert.Single(operation.Warnings), StringComparison.Ordinal);
        await simulation.AssertSoundAsync("cut");
    }

    [Fact]
    public async Task Create_LeadIsStillHeldByTheNodeThatDied_IsWaitedFor()
    {
        var simulation = await Simulation.StartAsync();
        var engine = simulation.Fleet.Engine(A.Cluster().Ref);
        engine.Cuts = 1;
        engine.Etcd.Keys[PatroniKeys.Leader(A.Cluster().Id)] = new EtcdKey("demo-1", 9);
        engine.LeaseLeft = 1000;

        await simulation.RequestCreateAsync();
        await simulation.TurnsAsync(60);

        var operation = await simulation.OperationAsync(1);
        Assert.Equal(("waiting for the first primary: demo-1 says: running", 0), (operation.Steps.Single(step => step.Name == StepNames.Bootstrap).Message, operation.Steps[0].Undone));
        engine.Etcd.Keys.Remove(PatroniKeys.Leader(A.Cluster().Id));
        await simulation.RunAsync();
        Assert.Equal((OperationState.Succeeded, 1), ((await simulation.OperationAsync(1)).State, (await simulation.OperationAsync(1)).Steps[0].Undone));
    }
}
