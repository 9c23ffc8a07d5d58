using Agents.Controller.Application;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing.Fleet;
using Agents.Testing.Stores;

namespace Agents.Simulation.Tests;

/// <summary>PostgreSQL is restarted on all nodes, one after the other.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Restart_ReplicasOneAtATimeWhileAllOthersConfirm_ThenThePrimaryHandsOver()
    {
        var simulation = await CreatedAsync();
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        var confirming = new List<int>();
        simulation.Fleet.Fault = call =>
        {
            if (call.Method is nameof(FakeAgent.RestartPostgresAsync) or nameof(FakeAgent.SwitchoverAsync))
                confirming.Add(engine.Sender().Replicas.Count(replica => replica.SyncState == "quorum"));
            return null;
        };

        var ended = await RestartAsync(simulation);

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Equal(["demo-2", "demo-3", "demo-1"], engine.Restarted);
        Assert.Equal([2, 2, 2], confirming);
        Assert.Equal(["2 of 2 restarted", "demo-2 takes writes", "demo-1 was started anew", "2 of 2 replicas stream"], [ended.Steps[0].Message, .. ended.Steps.Skip(2).Take(3).Select(step => step.Message)]);
        await simulation.AssertSoundAsync("all were restarted");
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public async Task Restart_ClockIsSetWhileItGoesOn_RestartsEachOnce(int seconds)
    {
        var simulation = await CreatedAsync();
        await simulation.RequestRestartAsync();
        await simulation.TurnsAsync(1);
        simulation.Time.Set(TimeSpan.FromSeconds(seconds));
        await simulation.RunAsync();

        Assert.Equal(["demo-2", "demo-3", "demo-1"], simulation.Fleet.Engine(simulation.Cluster.Ref).Restarted);
    }

    [Fact]
    public async Task Restart_OneNode_IsRestartedWhereItIs()
    {
        var simulation = await CreatedAsync(nodeCount: 1);

        var ended = await RestartAsync(simulation);

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Equal(["demo-1"], simulation.Fleet.Engine(simulation.Cluster.Ref).Restarted);
        Assert.Equal(["it has none", "there is nobody to hand it over to", "demo-1 was started anew"], [ended.Steps[0].Message, .. ended.Steps.Skip(2).Take(2).Select(step => step.Message)]);
    }

    [Fact]
    public async Task Restart_EngineRefuses_EndsWithItsWordsAndNothingElseIsTouched()
    {
        var simulation = await CreatedAsync();
        simulation.Fleet.Engine(simulation.Cluster.Ref).RestartRefusal = "restart already in progress";

        var ended = await RestartAsync(simulation);

        Assert.Equal((OperationState.Failed, ErrorReasons.RestartRefused, "demo-2 was not restarted: restart already in progress"), (ended.State, ended.Error?.Reason, ended.Error?.Message));
        Assert.Empty(simulation.Fleet.Engine(simulation.Cluster.Ref).Restarted);
    }

    [Fact]
    public async Task Restart_AReplicaDoesNotStream_NobodyElseIsRestartedUntilItStreams()
    {
        var simulation = await CreatedAsync();
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        var operation = await simulation.RequestRestartAsync();
        var (_, container, _) = await simulation.FindAsync("demo-3");
        container.IsFrozen = true;

        await simulation.TurnsAsync(20);
        var waiting = await simulation.Store.ReadAsync(reader => reader.FindOperation(operation.Id)!, CancellationToken.None);
        Assert.Equal("0 of 2 restarted, waiting until demo-3 streams and is close to the primary", waiting.Steps[0].Message);
        Assert.Empty(engine.Restarted);
        container.IsFrozen = false;
        await simulation.RunAsync();

        Assert.Equal(OperationState.Succeeded, (await simulation.Store.ReadAsync(reader => reader.FindOperation(operation.Id)!, CancellationToken.None)).State);
        Assert.Equal(["demo-2", "demo-3", "demo-1"], engine.Restarted);
    }

    [Fact]
    public async Task Restart_NobodyStreams_IsRefused()
    {
        var simulation = await CreatedAsync();
        foreach (var member in new[] { "demo-2", "demo-3" })
        {
            var (host, container, _) = await simulation.FindAsync(member);
            simulation.Fleet.LoseLink(host, 100);
            container.End();
        }

        await simulation.TurnsAsync(5);

        Assert.Equal(ErrorReasons.NoCandidate, (await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestRestartAsync())).Refusal.Reason);
    }

    [Fact]
    public async Task Restart_ControllerDiesAtEveryPoint_AllAreRestartedAndNoneTwice()
    {
        for (var point = 1; point <= 30; point++)
        {
            var simulation = await CreatedAsync();
            simulation.Controller.Process.KillAt = simulation.Controller.Process.PointCount + point;
            Operation? operation = null;
            try
            {
                operation = await simulation.RequestRestartAsync();
            }
            catch (SimulatedCrashException)
            {
                // Before it was begun.
            }

            await simulation.TurnsAsync(90);

            var hint = $"killed at {point}: {simulation.Deaths}";
            if (operation is not null)
                Assert.Equal(OperationState.Succeeded, (await simulation.Store.ReadAsync(reader => reader.FindOperation(operation.Id)!, CancellationToken.None)).State);
            Assert.True(simulation.Fleet.Engine(simulation.Cluster.Ref).Restarted.Order().SequenceEqual(operation is null ? [] : ["demo-1", "demo-2", "demo-3"]), $"{hint}: {string.Join(", ", simulation.Fleet.Engine(simulation.Cluster.Ref).Restarted)}");
            await simulation.AssertSoundAsync(hint);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public async Task Restart_NobodyReadsWhereItIsDone_AndSomebodyServesReadsAllTheTime(int nodeCount)
    {
        var simulation = await Simulation.StartAsync(nodeCount: nodeCount);
        await simulation.CreateAsync();
        await simulation.TurnsAsync(10);
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        engine.ReadSessions = 3;
        var (behind, count) = (new List<string>(), 0);
        simulation.Fleet.Fault = call =>
        {
            if (call.Method != nameof(FakeAgent.RestartPostgresAsync))
                return null;
            count++;
            behind.AddRange(ProxyTexts.Of(simulation).Select(text => string.Join(' ', ProxyTexts.Behind(text, "read_only"))));
            return null;
        };

        Assert.Equal(OperationState.Succeeded, (await RestartAsync(simulation)).State);

        Assert.Equal(nodeCount - 1, count);
        Assert.Equal(nodeCount == 3 ? ["/replica demo-1 demo-3", "/replica demo-1 demo-2"] : ["/read-only demo-1"], behind.Distinct());
        Assert.All(ProxyTexts.Of(simulation), text => Assert.Equal(nodeCount + 1, ProxyTexts.Behind(text, "read_only").Count));
        await simulation.AssertSoundAsync("all serve again");
    }

    [Fact]
    public async Task Restart_SessionsRest_AreNotWaitedForForEver()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.TurnsAsync(10);
        simulation.Fleet.Engine(simulation.Cluster.Ref).ReadSessions = int.MaxValue;

        var ended = await RestartAsync(simulation);

        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.InRange((ended.EndedAt - ended.CreatedAt)!.Value.TotalSeconds, 60, 100);
    }

    private static async Task<Operation> RestartAsync(Simulation simulation)
    {
        var operation = await simulation.RequestRestartAsync();
        await simulation.RunAsync();
        return await simulation.Store.ReadAsync(reader => reader.FindOperation(operation.Id)!, CancellationToken.None);
    }

    private static async Task<Simulation> CreatedAsync(int nodeCount = 3)
    {
        var simulation = await Simulation.StartAsync(nodeCount: nodeCount, durability: nodeCount == 1 ? Durability.Async : Durability.Quorum);
        await simulation.CreateAsync();
        await simulation.TurnsAsync(10);
        return simulation;
    }
}
