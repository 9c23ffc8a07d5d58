using Agents.Controller.Loops;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Controller.Tests.Loops;

/// <summary>Pauses between the tries of operations.</summary>
public sealed class OperationPausesTests
{
    private static readonly OperationId s_id = A.Operation().Id;

    private readonly SimulatedTimeProvider _time = new();

    [Fact]
    public void Grow_AgainAndAgain_DoublesToAMinute()
    {
        var pauses = new OperationPauses(_time);

        var seconds = Enumerable.Range(0, 8).Select(_ =>
        {
            pauses.Grow(s_id);
            return SecondsUntilOver(pauses);
        }).ToList();

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], seconds);
    }

    [Fact]
    public void End_AfterMany_BeginsWithASecondAgain()
    {
        var pauses = new OperationPauses(_time);
        pauses.Grow(s_id);
        pauses.Grow(s_id);

        pauses.End(s_id);

        Assert.True(pauses.IsOver(s_id));
        pauses.Grow(s_id);
        Assert.Equal(1, SecondsUntilOver(pauses));
    }

    [Fact]
    public void Next_SeveralWait_IsTheFirstThatIsOverAndWhatIsOverDoesNotCount()
    {
        var pauses = new OperationPauses(_time);
        Assert.Null(pauses.Next);
        pauses.Begin(s_id, TimeSpan.FromMilliseconds(150));
        pauses.Begin(A.Operation(2).Id, TimeSpan.FromMilliseconds(50));

        Assert.Equal(TimeSpan.FromMilliseconds(51), pauses.Next);
        _time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(TimeSpan.FromMilliseconds(101), pauses.Next);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Null(pauses.Next);
        Assert.True(pauses.IsOver(s_id));
    }

    private int SecondsUntilOver(OperationPauses pauses)
    {
        for (var seconds = 0; ; seconds++)
        {
            if (pauses.IsOver(s_id))
                return seconds;
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
