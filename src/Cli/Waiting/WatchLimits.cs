namespace Agents.Cli.Waiting;

/// <summary>How patient a watch is.</summary>
internal sealed record WatchLimits
{
    /// <summary>How long it goes on without the server.</summary>
    public TimeSpan Away { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a stream may be silent: three times the server's pings.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The wait before the first attempt to come back; doubled with each, up to ten times as much.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The wait before an attempt, counted from 0.</summary>
    public TimeSpan RetryDelay(int attempt) => Retry * Math.Min(10, 1 << Math.Min(attempt, 10));
}
