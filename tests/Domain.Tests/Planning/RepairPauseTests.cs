using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Testing;

namespace Agents.Domain.Tests.Planning;

/// <summary>How long the controller waits before it tries an operation of its own again.</summary>
public sealed class RepairPauseTests
{
    private const string Kind = OperationKinds.PostgresClusterReplaceMember;

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 59, false)]
    [InlineData(1, 60, true)]
    [InlineData(2, 119, false)]
    [InlineData(2, 120, true)]
    [InlineData(7, 3599, false)]
    [InlineData(7, 3600, true)]
    [InlineData(500, 3600, true)]
    [InlineData(2, -120, true)]
    public void IsOver_FailuresInARow_DoubleIt(int failures, int seconds, bool isOver) =>
        Assert.Equal(isOver, RepairPause.IsOver(Kind, Enumerable.Repeat(Ended(OperationState.Failed), failures), A.Time.AddSeconds(seconds)));

    [Fact]
    public void IsOver_ASuccessBetween_CountsFromThere() => Assert.True(
        RepairPause.IsOver(Kind, [Ended(OperationState.Failed), Ended(OperationState.Succeeded), Ended(OperationState.Failed)], A.Time.AddSeconds(60)));

    [Fact]
    public void IsOver_OtherKinds_CountNothing() => Assert.True(
        RepairPause.IsOver(Kind, [Ended(OperationState.Failed) with { Kind = OperationKinds.PostgresClusterCreate }], A.Time));

    private static Operation Ended(OperationState state) => A.Operation() with { Kind = Kind, State = state, EndedAt = A.Time };
}
