namespace Agents.Testing;

/// <summary>A wall clock that somebody sets, beside a clock that only goes on.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Wall { get; set; } = A.Time;

    public TimeSpan Monotonic { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Wall;

    public override long GetTimestamp() => Monotonic.Ticks;
}
