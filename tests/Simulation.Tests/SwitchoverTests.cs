using Agents.Controller.Application;
using Agents.Domain.Engines;
using Agents.Domain.Engines.Patroni;
using Agents.Domain.Model;
using Agents.Protocol;
using Agents.Testing.Fleet;
using Agents.Testing.Stores;

namespace Agents.Simulation.Tests;

/// <summary>The lead is handed over because somebody asks for it.</summary>
public sealed class SwitchoverTests
{
    [Theory]
    [InlineData("", "demo-2")]
    [InlineData("demo-3", "demo-3")]
    public async Task Switchover_IsDone_AndTheOthersFollow(string to, string expected)
    {
        var simulation = await CreatedAsync();

        var operation = await simulation.RequestSwitchoverAsync(to);
        await simulation.RunAsync();

        var ended = await EndOfAsync(simulation, operation);
        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Equal(["demo-1 has written down what it had in memory", $"{expected} takes writes", "2 of 2 replicas stream"], ended.Steps.Take(3).Select(step => step.Message));
        Assert.Equal(expected, await LeaderAsync(simulation));
        Assert.Equal(1, SwitchoverCount(simulation));
        Assert.All(Proxies(simulation), proxy => Assert.Equal([$"read_write/{expected}"], proxy.Servers.Where(server => server.Value && server.Key.StartsWith("read_write/", StringComparison.Ordinal)).Select(server => server.Key)));
        await simulation.AssertSoundAsync("the lead was handed over");
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 10)]
    public async Task Switchover_EngineOverlooksAReplica_IsWokenAndWaitedForButNotForEver(bool isObstinate, int secondsMax)
    {
        var simulation = await CreatedAsync();
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        engine.IsObstinate = isObstinate;
        engine.Overlooked.Add(InstanceOf(simulation, "demo-3"));
        var overlooked = new List<bool>();
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == nameof(FakeAgent.SwitchoverAsync))
                overlooked.Add(engine.Overlooked.Count > 0);
            return null;
        };

        var operation = await simulation.RequestSwitchoverAsync();
        await simulation.RunAsync();

        var ended = await EndOfAsync(simulation, operation);
        Assert.Equal(OperationState.Succeeded, ended.State);
        Assert.Equal([isObstinate], overlooked);
        var handOver = ended.Steps.Single(step => step.Name == StepNames.HandOver);
        Assert.InRange((handOver.EndedAt - handOver.StartedAt)!.Value.TotalSeconds, isObstinate ? 10 : 0, secondsMax + 5);
        Assert.Equal("demo-2", await LeaderAsync(simulation));
    }

    [Fact]
    public async Task Replica_IsOverlookedByTheEngine_WhichIsWokenAndThenLeftAlone()
    {
        var simulation = await CreatedAsync();
        var wakes = 0;
        simulation.Fleet.Fault = call =>
        {
            wakes += call.Method == nameof(FakeAgent.WakePatroniAsync) ? 1 : 0;
            return null;
        };
        await simulation.TurnsAsync(20);
        Assert.Equal(0, wakes);

        simulation.Fleet.Engine(simulation.Cluster.Ref).Overlooked.Add(InstanceOf(simulation, "demo-3"));
        await simulation.TurnsAsync(20);
        Assert.Empty(simulation.Fleet.Engine(simulation.Cluster.Ref).Overlooked);
        Assert.Equal(1, wakes);
    }

    [Fact]
    public async Task Switchover_AnswerIsLost_IsNotMadeTwice()
    {
        var simulation = await CreatedAsync();
        var isLost = false;
        simulation.Fleet.Fault = call =>
        {
            if (call.Method != nameof(FakeAgent.SwitchoverAsync) || isLost)
                return null;
            isLost = true;
            return AgentFault.AnswerLost;
        };

        var operation = await simulation.RequestSwitchoverAsync("demo-3");
        await simulation.RunAsync();

        Assert.Equal(OperationState.Succeeded, (await EndOfAsync(simulation, operation)).State);
        Assert.Equal("demo-3", await LeaderAsync(simulation));
        Assert.Equal(1, SwitchoverCount(simulation));
    }

    [Fact]
    public async Task Switchover_EngineRefuses_ChangesNothingAndSaysWhy()
    {
        var simulation = await CreatedAsync();
        simulation.Fleet.Engine(simulation.Cluster.Ref).Laggards.Add((await simulation.FindAsync("demo-3")).Instance.Id);

        var operation = await simulation.RequestSwitchoverAsync("demo-3");
        await simulation.RunAsync();

        var ended = await EndOfAsync(simulation, operation);
        Assert.Equal((OperationState.Failed, ErrorReasons.SwitchoverRefused), (ended.State, ended.Error?.Reason));
        Assert.Contains("demo-1 leads still: candidate name does not match with sync_standby", ended.Error!.Message, StringComparison.Ordinal);
        Assert.Equal("demo-1", await LeaderAsync(simulation));
        await simulation.AssertSoundAsync("the engine refused");
    }

    [Fact]
    public async Task Switchover_EngineSaysNoAndIsAtItAllTheSame_IsWaitedFor()
    {
        var simulation = await CreatedAsync();
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        var asked = 0;
        simulation.Fleet.Refusal = call =>
        {
            if (call.Method != nameof(FakeAgent.SwitchoverAsync))
                return null;
            asked++;
            engine.Etcd.Put(PatroniKeys.Failover(simulation.Cluster.Id), """{"leader":"demo-1","member":"demo-3"}""");
            return FakeAgentRules.Refused(ErrorReasons.PatroniRefused, "switchover status unknown");
        };

        var operation = await simulation.RequestSwitchoverAsync("demo-3");
        await simulation.TurnsAsync(5);
        Assert.Equal(OperationState.Running, (await EndOfAsync(simulation, operation)).State);
        engine.HandOver(InstanceOf(simulation, "demo-3"));
        engine.Etcd.Keys.Remove(PatroniKeys.Failover(simulation.Cluster.Id));
        await simulation.RunAsync();

        Assert.Equal((1, OperationState.Succeeded), (asked, (await EndOfAsync(simulation, operation)).State));
    }

    [Theory]
    [InlineData(true, false, "the engine began to hand the lead over and gave it up")]
    [InlineData(false, false, "the engine did not begin to hand the lead over")]
    [InlineData(false, true, "the engine did not begin to hand the lead over")]
    public async Task Switchover_EngineBeginsAndGivesUp_IsNotAskedForAgain(bool isSeen, bool isDown, string reason)
    {
        var simulation = await CreatedAsync();
        var engine = simulation.Fleet.Engine(simulation.Cluster.Ref);
        var asked = 0;
        simulation.Fleet.Fault = call =>
        {
            if (call.Method != nameof(FakeAgent.SwitchoverAsync))
                return null;
            asked++;
            if (isSeen)
                engine.Etcd.Put(PatroniKeys.Failover(simulation.Cluster.Id), """{"leader":"demo-1","member":"demo-3"}""");
            if (isDown)
                Containers(simulation).Single(container => container.Member == "demo-1").IsFrozen = engine.IsHeldUp = true; // Nobody leads for a while.
            return AgentFault.NotSent; // Whatever becomes of it: no answer comes.
        };

        var operation = await simulation.RequestSwitchoverAsync("demo-3");
        await simulation.TurnsAsync(5);
        Containers(simulation).Single(container => container.Member == "demo-1").IsFrozen = engine.IsHeldUp = false;
        engine.Etcd.Keys.Remove(PatroniKeys.Failover(simulation.Cluster.Id));
        await simulation.RunAsync();

        var ended = await EndOfAsync(simulation, operation);
        Assert.Equal((OperationState.Failed, ErrorReasons.SwitchoverRefused, 1), (ended.State, ended.Error?.Reason, asked));
        Assert.Contains($"demo-1 leads still: {reason}", ended.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switchover_CheckpointFails_IsDoneAllTheSame()
    {
        var simulation = await CreatedAsync();
        simulation.Fleet.Refusal = call => call.Method == nameof(FakeAgent.ExecuteAsync) ? FakeAgentRules.Refused(ErrorReasons.SqlFailed, "canceling statement due to statement timeout") : null;

        var operation = await simulation.RequestSwitchoverAsync("demo-3");
        await simulation.RunAsync();

        var ended = await EndOfAsync(simulation, operation);
        Assert.Equal((OperationState.Succeeded, "demo-1 may be slower to stop: canceling statement due to statement timeout"), (ended.State, ended.Steps[0].Message));
    }

    [Fact]
    public async Task Switchover_EngineChoosesAnotherThanWasAskedFor_SaysSo()
    {
        var simulation = await CreatedAsync();
        simulation.Fleet.Fault = call =>
        {
            // It has chosen between the look and the word, as by a failover of its own.
            if (call.Method == nameof(FakeAgent.SwitchoverAsync))
                simulation.Fleet.Engine(simulation.Cluster.Ref).HandOver(InstanceOf(simulation, "demo-2"));
            return call.Method == nameof(FakeAgent.SwitchoverAsync) ? AgentFault.NotSent : null;
        };

        var operation = await simulation.RequestSwitchoverAsync("demo-3");
        await simulation.RunAsync();

        var ended = await EndOfAsync(simulation, operation);
        Assert.Equal((OperationState.Failed, ErrorReasons.LeadElsewhere), (ended.State, ended.Error?.Reason));
        Assert.Equal("demo-2", await LeaderAsync(simulation));
    }

    [Theory]
    [InlineData("demo-1", ErrorReasons.InvalidArgument)]
    [InlineData("demo-9", ErrorReasons.InvalidArgument)]
    [InlineData("demo-3", ErrorReasons.NoCandidate)]
    public async Task Switchover_ToOneThatCannot_IsRefusedBeforeItBegins(string to, string reason)
    {
        var simulation = await CreatedAsync();
        var (host, container, _) = await simulation.FindAsync("demo-3");
        simulation.Fleet.LoseLink(host, 100);
        container.End();
        await simulation.TurnsAsync(5);

        Assert.Equal(reason, (await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestSwitchoverAsync(to))).Refusal.Reason);
        Assert.Null((await simulation.Store.ReadAsync(reader => reader.FindCluster(simulation.Cluster.Id)!, CancellationToken.None)).HeldBy);
    }

    [Fact]
    public async Task Switchover_NoPrimaryIsSeen_IsRefusedBeforeItBegins()
    {
        var simulation = await CreatedAsync();
        foreach (var host in simulation.Fleet.Hosts)
            simulation.Fleet.LoseLink(host, 100);
        await simulation.TurnsAsync(30);

        Assert.Equal(ErrorReasons.NoPrimary, (await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestSwitchoverAsync())).Refusal.Reason);
    }

    [Fact]
    public async Task Switchover_TwoAtOnce_TheSecondIsRefused()
    {
        var simulation = await CreatedAsync();
        await simulation.RequestSwitchoverAsync();

        Assert.Equal(ErrorReasons.OperationInProgress, (await Assert.ThrowsAsync<RefusedException>(() => simulation.RequestSwitchoverAsync())).Refusal.Reason);
    }

    [Fact]
    public async Task Switchover_ControllerDiesAtEveryPoint_IsDoneOnceAndEnds()
    {
        for (var point = 1; point <= 24; point++)
        {
            var simulation = await CreatedAsync();
            simulation.Controller.Process.KillAt = simulation.Controller.Process.PointCount + point;

            var operation = await RequestAsync(simulation);
            await simulation.TurnsAsync(60);

            if (operation is not null)
                Assert.Equal(OperationState.Succeeded, (await EndOfAsync(simulation, operation)).State);
            Assert.InRange(SwitchoverCount(simulation), operation is null ? 0 : 1, 1);
            Assert.Equal(operation is null ? "demo-1" : "demo-3", await LeaderAsync(simulation));
            await simulation.AssertSoundAsync($"killed at {point}: {simulation.Deaths}");
        }
    }

    private static async Task<Operation?> RequestAsync(Simulation simulation)
    {
        try
        {
            return await simulation.RequestSwitchoverAsync("demo-3");
        }
        catch (SimulatedCrashException)
        {
            return null;
        }
    }

    private static int SwitchoverCount(Simulation simulation) => simulation.Fleet.Audit.Count(entry => entry.Method == "Switchover");

    private static InstanceId InstanceOf(Simulation simulation, string member) =>
        simulation.Fleet.Hosts.SelectMany(host => host.Containers.Values).Single(container => container.Member == member).InstanceId;

    private static IEnumerable<FakeContainer> Containers(Simulation simulation) => simulation.Fleet.Hosts.SelectMany(host => host.Containers.Values);

    private static IEnumerable<FakeContainer> Proxies(Simulation simulation) =>
        Containers(simulation).Where(container => container.Kind == "haproxy");

    private static Task<Operation> EndOfAsync(Simulation simulation, Operation operation) => simulation.Store.ReadAsync(reader => reader.FindOperation(operation.Id)!, CancellationToken.None);

    private static async Task<string?> LeaderAsync(Simulation simulation)
    {
        var leader = simulation.Fleet.Engine(simulation.Cluster.Ref).Leader;
        return (await simulation.InstancesAsync()).SingleOrDefault(instance => instance.Id == leader)?.Member;
    }

    private static async Task<Simulation> CreatedAsync()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.TurnsAsync(10);
        Assert.Equal("demo-1", await LeaderAsync(simulation));
        return simulation;
    }
}
