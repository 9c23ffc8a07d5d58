using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Domain.Tests.Model;

/// <summary>When an operation has ended.</summary>
public sealed class OperationTests
{
    [Theory]
    [InlineData(OperationState.Pending, false)]
    [InlineData(OperationState.Running, false)]
    [InlineData(OperationState.Undoing, false)]
    [InlineData(OperationState.SucceededPendingHosts, false)]
    [InlineData(OperationState.Succeeded, true)]
    [InlineData(OperationState.Failed, true)]
    [InlineData(OperationState.Cancelled, true)]
    public void IsDone_State_IsWhetherItEnded(OperationState state, bool isDone) => Assert.Equal(isDone, (A.Operation() with { State = state }).IsDone);

    [Fact]
    public void Warned_OtherWordsForEver_KeepsTheLast()
    {
        var operation = Enumerable.Range(1, 1000).Aggregate(A.Operation(), (warned, number) => warned.Warned($"no. {number}"));

        Assert.Equal(Enumerable.Range(981, Operation.WarningsMax).Select(number => $"no. {number}"), operation.Warnings);
        Assert.Same(operation, operation.Warned("no. 1000"));
    }

    [Fact]
    public void Warned_BeginsAsAnother_TakesItsPlace()
    {
        var operation = A.Operation().Warned("again: ", "h1").Warned("look").Warned("again: ", "h2");

        Assert.Equal(["look", "again: h2"], operation.Warnings.ToArray());
    }
}
