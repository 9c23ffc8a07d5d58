using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Testing;

namespace Agents.Domain.Tests.Planning;

/// <summary>When a failover may follow another.</summary>
public sealed class FailoverPauseTests
{
    private static readonly DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(14, false)]
    [InlineData(15, true)]
    [InlineData(-14, false)] // The clock was set back.
    [InlineData(-3600, true)]
    public void IsOver_AfterOne(int secondsAgo, bool expected) => Assert.Equal(expected, FailoverPause.IsOver([Ended(secondsAgo)], _now));

    [Fact]
    public void IsOver_WhileOneGoesOn_No() => Assert.False(FailoverPause.IsOver([Ended(0) with { EndedAt = null, State = OperationState.Running }], _now));

    [Fact]
    public void IsOver_OfOtherKinds_DoesNotCount() => Assert.True(FailoverPause.IsOver([Ended(1) with { Kind = OperationKinds.PostgresClusterReplaceMember }], _now));

    private static Operation Ended(int secondsAgo) =>
        A.Operation() with { Kind = OperationKinds.PostgresClusterFailover, State = OperationState.Succeeded, EndedAt = _now - TimeSpan.FromSeconds(secondsAgo) };
}
