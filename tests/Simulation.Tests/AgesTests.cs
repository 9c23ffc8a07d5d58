using Agents.Controller.Loops;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Testing;
using Agents.Testing.Stores;

namespace Agents.Simulation.Tests;

/// <summary>The store does not grow for ever.</summary>
public sealed class AgesTests
{
    private readonly InMemoryStore _store = new();
    private readonly SetClock _clock = new();
    private readonly ErrorLog<AgesLoop> _errors = new();

    [Fact]
    public async Task Turn_ManyOldEvents_AreRemovedTurnByTurnAndThenOnceAnHour()
    {
        var loop = Loop();
        await AddEventsAsync(1200);
        Pass(TimeSpan.FromDays(31));

        var turns = 0;
        while (await loop.TurnAsync(CancellationToken.None))
            turns++;
        await AddEventsAsync(1, age: TimeSpan.FromDays(31));
        await loop.TurnAsync(CancellationToken.None);
        var within = await CountAsync();
        Pass(TimeSpan.FromHours(1));
        await loop.TurnAsync(CancellationToken.None);

        Assert.Equal((3, 1, 0), (turns, within, await CountAsync()));
    }

    [Fact]
    public async Task Turn_ClockWasSet_RemovesNothing()
    {
        var loop = Loop();
        await AddEventsAsync(1);

        _clock.Wall = _clock.Wall.AddDays(365);

        Assert.False(await loop.TurnAsync(CancellationToken.None));
        Assert.Equal(1, await CountAsync());
    }

    private AgesLoop Loop() => new(_store, new FleetView(), _clock, _errors);

    private void Pass(TimeSpan time) => (_clock.Wall, _clock.Monotonic) = (_clock.Wall + time, _clock.Monotonic + time);

    private Task<int> CountAsync() => _store.ReadAsync(reader => reader.ListEvents(0, int.MaxValue).Count, CancellationToken.None);

    private Task<bool> AddEventsAsync(int count, TimeSpan age = default) => _store.WriteAsync(
        writer =>
        {
            for (var number = 0; number < count; number++)
                writer.AddEvent(new NewEvent("kind", "default", "id", A.Origin, "{}", _clock.Wall - age));
            return true;
        },
        CancellationToken.None);
}
