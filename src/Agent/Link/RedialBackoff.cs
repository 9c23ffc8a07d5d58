namespace Agents.Agent.Link;

/// <summary>
/// How long to wait before the next dial: full jitter, so that the agents of a fleet do not come at once. While nothing answers at all the limit stays at one second for
/// ten minutes, so that a healed network is used within that second; in every other case, and then, it doubles from half a second to a minute.
/// </summary>
internal sealed class RedialBackoff(TimeProvider timeProvider, Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Last = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Unreachable = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private TimeSpan _limit = First;
    private long _since = timeProvider.GetTimestamp();

    /// <summary>A link lived and ended: begin anew.</summary>
    public TimeSpan AfterLife()
    {
        _limit = First;
        _since = timeProvider.GetTimestamp();
        return Jitter(First);
    }

    /// <summary>A dial failed.</summary>
    public TimeSpan AfterFailure(DialFailure failure)
    {
        if (failure == DialFailure.Unreachable && timeProvider.GetElapsedTime(_since) < Patience)
            return Jitter(Unreachable);
        var limit = _limit;
        _limit = _limit * 2 < Last ? _limit * 2 : Last;
        return Jitter(limit);
    }

    private TimeSpan Jitter(TimeSpan limit) => limit * random.NextDouble();
}
