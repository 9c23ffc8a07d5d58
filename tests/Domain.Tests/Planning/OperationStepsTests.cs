using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Testing;

namespace Agents.Domain.Tests.Planning;

/// <summary>The steps of operations, and how long one can still be called off.</summary>
public sealed class OperationStepsTests
{
    [Fact]
    public void Of_Create_IsTheOrderOfItsSteps() => Assert.Equal(
        [
            "place", "make secrets", "load images", "start etcd", "create nodes and proxies", "etcd quorum", "start first node and proxies", "bootstrap", "open", "converge", "secure commits",
        ],
        OperationSteps.Of(OperationKinds.PostgresClusterCreate, Engine.Patroni).Select(step => step.Name));

    [Fact]
    public void Of_Delete_StopsWhatDependsFirst() => Assert.Equal(
        ["stop proxies", "note positions", "stop nodes", "stop etcd", "remove containers", "remove data"], OperationSteps.Of(OperationKinds.PostgresClusterDelete, Engine.Patroni).Select(step => step.Name));

    [Fact]
    public void Of_AnyKind_NothingHasBegun() =>
        Assert.All(OperationSteps.Of(OperationKinds.PostgresClusterCreate, Engine.Patroni), step => Assert.Equal(new OperationStep { Name = step.Name }, step));

    [Fact]
    public void Of_UnknownKind_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => OperationSteps.Of("postgres.cluster.paint", Engine.Patroni));

    [Theory]
    [InlineData(OperationState.Pending, true)]
    [InlineData(OperationState.Running, true)]
    [InlineData(OperationState.Undoing, false)]
    [InlineData(OperationState.Succeeded, false)]
    [InlineData(OperationState.Failed, false)]
    [InlineData(OperationState.Cancelled, false)]
    [InlineData(OperationState.SucceededPendingHosts, false)]
    public void IsCancellable_CreateBeforeBootstrap_WhileItGoesOn(OperationState state, bool isCancellable) =>
        Assert.Equal(isCancellable, OperationSteps.IsCancellable(Create(done: 7) with { State = state }));

    [Theory]
    [InlineData(0, true)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    [InlineData(11, false)]
    public void IsCancellable_StepsDone_UntilBootstrapIsDone(int done, bool isCancellable)
    {
        var operation = Create(done) with { State = OperationState.Running };

        Assert.Equal(isCancellable, OperationSteps.IsCancellable(operation));
        Assert.Equal(isCancellable, OperationSteps.IsUndoable(operation));
    }

    [Fact]
    public void IsCancellable_Delete_Never()
    {
        var operation = A.Operation() with { Kind = OperationKinds.PostgresClusterDelete, Steps = OperationSteps.Of(OperationKinds.PostgresClusterDelete, Engine.Patroni) };

        Assert.False(OperationSteps.IsCancellable(operation));
        Assert.False(OperationSteps.IsUndoable(operation));
    }

    private static Operation Create(int done) => A.Operation() with
    {
        Steps = [.. OperationSteps.Of(OperationKinds.PostgresClusterCreate, Engine.Patroni).Select((step, index) => index < done ? step with { State = OperationState.Succeeded } : step)],
    };
}
