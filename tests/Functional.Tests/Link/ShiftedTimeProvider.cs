using System.Diagnostics;

namespace Agents.Functional.Tests.Link;

/// <summary>A clock that is ahead of the system's by a time, and may run faster from now on: what waits by it waits so much shorter.</summary>
internal sealed class ShiftedTimeProvider(TimeSpan ahead, int speed = 1) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _startedAt = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + ahead + Stopwatch.GetElapsedTime(_startedAt) * speed;

    /// <inheritdoc/>
    public override long GetTimestamp() => _startedAt + (Stopwatch.GetTimestamp() - _startedAt) * speed;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Scale(dueTime), Scale(period));

    private TimeSpan Scale(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / speed;
}
