using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Simulation.Tests;

/// <summary>Many clusters that are asked for at once, on hosts whose agents hold the ports of several probes at a time.</summary>
public sealed class ManyTests
{
    private const int Many = 50;
    private const int Some = 15;

    [Fact]
    public async Task Create_FiftyAtOnce_AllEndWell()
    {
        var simulation = await StartAsync();

        await simulation.RequestManyAsync(Many);
        await RunAsync(simulation);

        await AssertAllSucceededAsync(simulation, Many);
    }

    [Fact]
    public async Task Create_SomeAtOnceBesideADelete_AllEndWell()
    {
        var simulation = await StartAsync();
        await simulation.CreateAsync();

        await simulation.RequestManyAsync(Some, from: 3);
        await simulation.RequestDeleteAsync(purge: true);
        await RunAsync(simulation);

        await AssertAllSucceededAsync(simulation, Some + 1, from: 2);
    }

    [Fact]
    public async Task Create_SomeAtOnceWithARestartInTheMiddle_AllEndWell()
    {
        var simulation = await StartAsync();
        await simulation.RequestManyAsync(Some);
        await RunAsync(simulation, turnsMax: 2);
        var begun = await simulation.Store.ReadAsync(reader => reader.ListOpenOperations(), CancellationToken.None);

        await simulation.ReplaceControllerAsync();
        await RunAsync(simulation);

        Assert.Contains(begun, operation => operation.State == OperationState.Running);
        await AssertAllSucceededAsync(simulation, Some);
    }

    [Fact]
    public async Task Create_SomeAtOnceWithAHostAwayInTheMiddle_AllWaitForIt()
    {
        var simulation = await StartAsync();
        await simulation.RequestManyAsync(Some);
        await RunAsync(simulation, turnsMax: 2);

        simulation.Fleet.LoseLink(simulation.Fleet.Host("h2"), moments: 25);
        await RunAsync(simulation);

        await AssertAllSucceededAsync(simulation, Some);
    }

    [Fact]
    public async Task Create_SomeAtOnceBesideStrangers_ArePlannedAroundThem()
    {
        var simulation = await StartAsync();
        foreach (var host in simulation.Fleet.Hosts)
            host.TakenPorts.UnionWith(Enumerable.Range(0, 30).Select(number => 20000 + (number * 3)));
        await simulation.RequestManyAsync(Some);

        await RunAsync(simulation);

        await AssertAllSucceededAsync(simulation, Some);
    }

    /// <summary>Hosts with room for all, whose agents answer a dial no earlier than in the next turn: probes of several operations are under way at a time.</summary>
    private static async Task<Simulation> StartAsync()
    {
        var simulation = await Simulation.StartAsync();
        foreach (var host in simulation.Fleet.Hosts)
            host.Facts = A.Facts() with { MemoryBytes = 64L << 30, DiskBytes = 1024L << 30, DiskFreeBytes = 1024L << 30 };
        return simulation;
    }

    /// <summary>Away from the context of the test, in which what waits for an answer would go on beside the turns instead of where the answer is given.</summary>
    private static Task RunAsync(Simulation simulation, int turnsMax = 400) => Task.Run(() => TurnAsync(simulation, turnsMax));

    private static async Task TurnAsync(Simulation simulation, int turnsMax)
    {
        var waiting = new List<TaskCompletionSource>(); // One each: those of a common one would go on side by side.
        simulation.Fleet.Hold = (_, method) =>
        {
            if (method != "DialAsync")
                return null;
            waiting.Add(new TaskCompletionSource());
            return waiting[^1].Task;
        };
        for (var turn = 0; turn < turnsMax; turn++)
        {
            var before = waiting.ToList();
            waiting.Clear();
            await simulation.TurnAsync();
            before.ForEach(answer => answer.SetResult());
            if (await simulation.Store.ReadAsync(reader => reader.ListOpenOperations().Count, CancellationToken.None) == 0)
                return;
        }
    }

    private static async Task AssertAllSucceededAsync(Simulation simulation, int count, int from = 1)
    {
        foreach (var number in Enumerable.Range(from, count))
        {
            var operation = await simulation.OperationAsync(number);
            Assert.True(operation.State == OperationState.Succeeded, $"{operation.ResourceName}: {operation.State} {operation.Error}, {string.Join("; ", operation.Steps.Select(step => step.Message))}");
        }
    }
}
