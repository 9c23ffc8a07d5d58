namespace Agents.Testing;

/// <summary>A clock that stands still until a test moves it. It has no timers: what a simulation drives has none either.</summary>
internal sealed class SimulatedTimeProvider : TimeProvider
{
    private DateTimeOffset _now = A.Time;
    private TimeSpan _set;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _now + _set;

    /// <inheritdoc/>
    public override long GetTimestamp() => _now.Ticks;

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time) => _now += time;

    /// <summary>Somebody sets the clock: no time passes by that.</summary>
    public void Set(TimeSpan difference) => _set += difference;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new InvalidOperationException("nothing that a simulation drives may wait on a timer");
}
