using Agents.Agent.Postgres;

namespace Agents.Agent.Hangs;

/// <summary>
/// Decides whether a primary hangs. Pure. Only one that took writes when it last answered can: any other is its engine's to look after, and so is one that starts, stops or recovers, for it
/// says so.
/// </summary>
internal static class HangRules
{
    /// <summary>How often a server is asked.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>The most that one look adds: where this process itself stood still it does not know who was silent.</summary>
    private static readonly TimeSpan _stepMax = Period * 2;

    /// <summary>The silence after one more look at it.</summary>
    public static Silence Next(Silence silence, PostgresAnswer answer, TimeSpan elapsed) => answer switch
    {
        PostgresAnswer.None => silence with { Lasted = silence.Lasted + (elapsed < _stepMax ? elapsed : _stepMax) },
        PostgresAnswer.Primary => new Silence(TimeSpan.Zero, Led: true),
        PostgresAnswer.Replica or PostgresAnswer.Busy => new Silence(TimeSpan.Zero, Led: false),
    };

    /// <summary>Whether it hangs, and is to be ended for that.</summary>
    /// <param name="silence">For how long it was silent.</param>
    /// <param name="timeout">For how long it may be; zero for ever.</param>
    /// <param name="isWanted">Whether it is to run, and is not fenced.</param>
    /// <param name="isPaused">Whether a person has paused its engine's failover.</param>
    public static bool DoesHang(Silence silence, TimeSpan timeout, bool isWanted, bool isPaused) =>
        silence.Led && timeout > TimeSpan.Zero && silence.Lasted >= timeout && isWanted && !isPaused;
}
