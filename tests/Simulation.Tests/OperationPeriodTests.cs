using Agents.Domain.Engines;
using Agents.Domain.Model;

namespace Agents.Simulation.Tests;

/// <summary>When the loop of operations turns again: a step that waits for a moment is tried after that moment.</summary>
public sealed class OperationPeriodTests
{
    [Fact]
    public async Task Period_NothingIsOpen_IsLong()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.TurnsAsync(2);

        Assert.Equal(TimeSpan.FromSeconds(2), simulation.Controller.OperationPeriod);
    }

    [Fact]
    public async Task Period_StepWaitsForLessThanATenthOfASecond_IsThatAndNoMore()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.RequestCreateAsync();
        await simulation.Controller.TurnAsync();
        while (await MessageAsync(simulation) is not "waiting for the first primary")
        {
            simulation.Fleet.Tick();
            simulation.Time.Advance(TimeSpan.FromSeconds(1));
            await simulation.Controller.TurnAsync();
        }

        Assert.Equal(TimeSpan.FromMilliseconds(51), simulation.Controller.OperationPeriod);
        simulation.Time.Advance(TimeSpan.FromMilliseconds(30.4));
        Assert.Equal(TimeSpan.FromMilliseconds(21), simulation.Controller.OperationPeriod);
        simulation.Time.Advance(TimeSpan.FromMilliseconds(30));
        Assert.Equal(TimeSpan.FromMilliseconds(100), simulation.Controller.OperationPeriod);
    }

    [Fact]
    public async Task Period_OperationHasFailed_IsForgotten()
    {
        var simulation = await Simulation.StartAsync();
        simulation.Fleet.Engine(simulation.Cluster.Ref).IsHeldUp = true;
        await simulation.RequestCreateAsync();
        await simulation.RunAsync();

        Assert.Equal(OperationState.Failed, (await simulation.OperationAsync(1)).State);
        Assert.Equal(0, simulation.Controller.PauseCount);
    }

    private static async Task<string> MessageAsync(Simulation simulation) => (await simulation.OperationAsync(1)).Steps.Single(step => step.Name == StepNames.Bootstrap).Message;
}
