namespace Agents.Cli.Tests.Fakes;

/// <summary>A clock that stands still. Its timers run.</summary>
internal sealed class FixedClock : TimeProvider
{
    /// <summary>The time.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;
}
