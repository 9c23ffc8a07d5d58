using Agents.Testing;

namespace Agents.Simulation.Tests;

/// <summary>One owner of a cluster at a time, and nobody who waits for another's agent.</summary>
public sealed class OwnershipTests
{
    [Fact]
    public async Task Delete_WhileTheLoopMakesAProxy_BeginsAfterItAndLeavesNothing()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        var (host, container, _) = await simulation.FindAsync("demo-proxy-7");
        host.Containers.Remove(container.Name);
        var hang = new TaskCompletionSource();
        simulation.Fleet.Hold = (at, method) => at == host && method == "CreateNetworkAsync" ? hang.Task : null;
        await simulation.TurnAsync();
        simulation.Fleet.Audit.Clear();

        await simulation.RequestDeleteAsync(purge: true);
        await simulation.TurnsAsync(5);
        var whileItHangs = simulation.Fleet.Audit.Count;
        hang.SetResult();
        await simulation.RunAsync();

        Assert.Equal(0, whileItHangs);
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
        await simulation.AssertSoundAsync("a delete beside an action of the loop");
    }

    [Fact]
    public async Task Turn_AnAgentHangs_DelaysNobodyElse()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        var (host, hung, _) = await simulation.FindAsync("demo-proxy-7");
        var (_, other, _) = await simulation.FindAsync("demo-proxy-8");
        var hang = new TaskCompletionSource();
        simulation.Fleet.Hold = (at, _) => at == host ? hang.Task : null;
        hung.End();
        other.End();

        var turn = simulation.Controller.TurnAsync(reconcileOnly: true);
        var isTurnOver = turn.IsCompleted;
        var isOtherUp = other.IsRunning;
        hang.SetResult();
        await turn.DefaultTimeout();

        Assert.True(isTurnOver);
        Assert.True(isOtherUp);
    }

    [Fact]
    public async Task Turn_WhatFails_IsTriedAgainWithGrowingPauses()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        var (host, container, _) = await simulation.FindAsync("demo-proxy-7");
        host.Containers.Remove(container.Name);
        host.Images.Clear();
        host.RefusesImages = true;
        var tries = new List<DateTimeOffset>();
        simulation.Fleet.Fault = call =>
        {
            if (call.Method == "CreateContainerAsync")
                tries.Add(simulation.Time.GetUtcNow());
            return null;
        };

        await simulation.TurnsAsync(300);

        var pauses = tries.Zip(tries.Skip(1), (one, next) => (next - one).TotalSeconds).ToList();
        Assert.InRange(tries.Count, 8, 12);
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(60, pauses[^1]);
    }
}
