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
}
