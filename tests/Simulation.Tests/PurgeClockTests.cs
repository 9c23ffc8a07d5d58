using Agents.Controller.Loops;
using Agents.Controller.Observation;
using Agents.Testing;

namespace Agents.Simulation.Tests;

/// <summary>Data is purged only by clocks that agree.</summary>
public sealed class PurgeClockTests
{
    [Fact]
    public async Task Turn_HostsClockIsAhead_WaitsAndSaysSo()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
        var host = simulation.Fleet.Host("h2");
        host.ClockOffset = TimeSpan.FromMinutes(-6);

        simulation.Time.Advance(TimeSpan.FromDays(7));
        await simulation.TurnsAsync(3);
        var (left, trouble) = (simulation.Fleet.Hosts.Sum(other => other.Volumes.Count), simulation.Controller.View.TroubleOf(host.Host.Id, host.Volumes.Keys.Single()));
        host.ClockOffset = TimeSpan.Zero;
        await simulation.TurnsAsync(3);

        Assert.Equal(1, left);
        Assert.Contains("differs from the controller's by -6 min", trouble, StringComparison.Ordinal);
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
    }

    [Fact]
    public async Task Turn_ControllersClockWasDaysBehindAtTheDelete_CountsTheDaysFromWhenTheyAgree()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        foreach (var host in simulation.Fleet.Hosts)
            host.ClockOffset = TimeSpan.FromDays(8);
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
        var volume = simulation.Fleet.Host("h2").Volumes.Keys.Single();
        var trouble = simulation.Controller.View.TroubleOf(simulation.Fleet.Host("h2").Host.Id, volume);
        simulation.Time.Advance(TimeSpan.FromDays(8)); // Somebody sets the clock right, and starts the controller again.
        foreach (var host in simulation.Fleet.Hosts)
            host.ClockOffset = TimeSpan.Zero;
        await simulation.ReplaceControllerAsync();

        await simulation.TurnsAsync(10);
        var left = simulation.Fleet.Hosts.Sum(host => host.Volumes.Count);
        simulation.Time.Advance(TimeSpan.FromDays(6.9));
        await simulation.TurnsAsync(3);
        var leftLater = simulation.Fleet.Hosts.Sum(host => host.Volumes.Count);
        simulation.Time.Advance(TimeSpan.FromDays(0.2));
        await simulation.TurnsAsync(3);

        Assert.Contains("differs from the controller's by 11520 min", trouble, StringComparison.Ordinal);
        Assert.Equal((3, 3), (left, leftLater));
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
    }

    [Fact]
    public async Task Turn_AllClocksWereWrongAlikeAndAreSetRightOverARestart_TheDaysAreNotOver()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
        simulation.Time.Set(TimeSpan.FromDays(8));
        await simulation.ReplaceControllerAsync();

        await simulation.TurnsAsync(10);
        var host = simulation.Fleet.Host("h2");
        var (left, trouble) = (simulation.Fleet.Hosts.Sum(other => other.Volumes.Count), simulation.Controller.View.TroubleOf(host.Host.Id, host.Volumes.Keys.Single()));
        simulation.Time.Advance(TimeSpan.FromDays(6.9));
        await simulation.TurnsAsync(3);
        var leftLater = simulation.Fleet.Hosts.Sum(other => other.Volumes.Count);
        simulation.Time.Advance(TimeSpan.FromDays(0.2));
        await simulation.TurnsAsync(3);

        Assert.Contains("controllers have run for 0.0 of the 168 hours", trouble, StringComparison.Ordinal);
        Assert.Equal((3, 3), (left, leftLater));
        Assert.Equal("", (await WorldText.OfAsync(simulation)).Fleet);
    }

    [Fact]
    public async Task Turn_OneHostsClockIsWrongAtTheDelete_HoldsBackItsOwnDataAlone()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        var host = simulation.Fleet.Host("h2");
        host.ClockOffset = TimeSpan.FromDays(8);
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();
        var other = simulation.Fleet.Host("h1");
        var troubleOfAnother = simulation.Controller.View.TroubleOf(other.Host.Id, other.Volumes.Keys.Single());

        simulation.Time.Advance(TimeSpan.FromDays(7));
        await simulation.TurnsAsync(3);

        Assert.Equal("", troubleOfAnother);
        Assert.Equal([host], simulation.Fleet.Hosts.Where(one => one.Volumes.Count > 0));
        Assert.Contains("differs from the controller's by 11520 min", simulation.Controller.View.TroubleOf(host.Host.Id, host.Volumes.Keys.Single()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turn_MostHostsClocksAreWrongAtTheDelete_AllWait()
    {
        var simulation = await Simulation.StartAsync();
        await simulation.CreateAsync();
        foreach (var wrong in new[] { "h2", "h3" })
            simulation.Fleet.Host(wrong).ClockOffset = TimeSpan.FromDays(8);
        await simulation.RequestDeleteAsync(purge: false);
        await simulation.RunAsync();

        simulation.Time.Advance(TimeSpan.FromDays(8));
        await simulation.TurnsAsync(3);

        Assert.Equal(3, simulation.Fleet.Hosts.Sum(host => host.Volumes.Count));
        Assert.Contains("the clocks of most hosts", TroubleOf("h1"), StringComparison.Ordinal);
        Assert.Contains("the host's clock differs", TroubleOf("h2"), StringComparison.Ordinal);

        string TroubleOf(string name) => simulation.Controller.View.TroubleOf(simulation.Fleet.Host(name).Host.Id, simulation.Fleet.Host(name).Volumes.Keys.Single());
    }

    [Fact]
    public void TroubleOf_OurClockWasSet_SaysSo()
    {
        var time = new SetClock();
        var fleet = new FleetView();
        fleet.Update(A.Host().Id, seen => seen with { Facts = A.Facts() });
        var clock = new PurgeClock(fleet, time);
        (time.Wall, time.Monotonic) = (time.Wall.AddDays(1), TimeSpan.FromDays(1));
        var before = clock.TroubleOf(A.Host().Id);

        time.Wall = time.Wall.AddDays(7);

        Assert.Equal("", before);
        Assert.Contains("was set by 10080 min", clock.TroubleOf(A.Host().Id), StringComparison.Ordinal);
        Assert.Contains("has not told", new PurgeClock(fleet, time).TroubleOf(A.Host(2).Id), StringComparison.Ordinal);
    }
}
