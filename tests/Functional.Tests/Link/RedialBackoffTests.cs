using Agents.Agent.Link;
using Agents.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Agents.Functional.Tests.Link;

/// <summary>How soon an agent dials again.</summary>
public sealed class RedialBackoffTests
{
    private readonly FakeTimeProvider _clock = A.Clock();

    [Fact]
    public void AfterFailure_Unreachable_StaysBelowASecondForTenMinutes()
    {
        var backoff = new RedialBackoff(_clock, new HighestRandom());

        for (var i = 0; i < 100; i++)
            Assert.InRange(backoff.AfterFailure(DialFailure.Unreachable), TimeSpan.Zero, TimeSpan.FromSeconds(1));

        _clock.Advance(TimeSpan.FromMinutes(11));
        for (var i = 0; i < 7; i++)
            backoff.AfterFailure(DialFailure.Unreachable);
        Assert.InRange(backoff.AfterFailure(DialFailure.Unreachable), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(nameof(DialFailure.Refused))]
    [InlineData(nameof(DialFailure.Broken))]
    public void AfterFailure_Answered_DoublesFromHalfASecondToAMinute(string failure)
    {
        var backoff = new RedialBackoff(_clock, new HighestRandom());

        var delays = Enumerable.Range(0, 9).Select(_ => Math.Round(backoff.AfterFailure(Enum.Parse<DialFailure>(failure)).TotalSeconds, 1));

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 32, 60, 60], delays);
    }

    [Fact]
    public void AfterLife_AfterFailures_BeginsAnew()
    {
        var backoff = new RedialBackoff(_clock, new HighestRandom());
        for (var i = 0; i < 9; i++)
            backoff.AfterFailure(DialFailure.Refused);

        Assert.InRange(backoff.AfterLife(), TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
        Assert.InRange(backoff.AfterFailure(DialFailure.Refused), TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
    }
}
