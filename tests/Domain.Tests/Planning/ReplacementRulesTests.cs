using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Tests.Planning;

/// <summary>When the controller replaces a member by itself.</summary>
public sealed class ReplacementRulesTests
{
    private static readonly World _lost = World.Converged().WithoutContainer(4).WithoutData(4);

    [Fact]
    public void Propose_DataOfAMemberGone_ReplacesIt()
    {
        var operation = _lost.Decide().Operation!;

        Assert.Equal(
            (OperationKinds.PostgresClusterReplaceMember, "demo-etcd-4", "the data of demo-etcd-4 is gone"), (operation.Kind, operation.Instance.Member, operation.Reason));
    }

    [Fact]
    public void Propose_VolumeOfAMemberEmptied_ReplacesIt()
    {
        var plan = World.Converged().Troubled(4, Hold.DataGone).Decide();

        Assert.Equal("demo-etcd-4", plan.Operation!.Instance.Member);
        Assert.Empty(plan.Actions);
        Assert.Equal(Hold.DataGone, Assert.Single(plan.Held).Reason);
    }

    [Fact]
    public void Propose_VolumeOfAMemberWithOtherData_IsAPersonsMatter()
    {
        var plan = World.Converged().Troubled(4, Hold.DataForeign).Decide();

        Assert.Null(plan.Operation);
        Assert.Empty(plan.Actions);
        Assert.Equal(Hold.DataForeign, Assert.Single(plan.Held).Reason);
    }

    [Fact]
    public void Propose_UnfinishedReplacement_ReplacesThatAndStartsNothing()
    {
        var world = World.Converged();
        world = world with { Instances = [.. world.Instances.Select(instance => instance with { Initialised = instance.Ordinal != 5 })] };

        var plan = world.WithoutContainer(5).Decide();

        Assert.Equal("demo-etcd-5 was not made completely", plan.Operation!.Reason);
        Assert.Empty(plan.Actions);
        Assert.Equal(Hold.ReplacementUnfinished, Assert.Single(plan.Held).Reason);
    }

    [Fact]
    public void Propose_DataOfANodeGone_IsAPersonsMatter() => Assert.Null(World.Converged().WithoutContainer(1).WithoutData(1).Decide().Operation);

    [Fact]
    public void Propose_ContainerGoneAndDataThere_IsNoLoss() => Assert.Null(World.Converged().WithoutContainer(4).Decide().Operation);

    [Fact]
    public void Propose_AnotherDoesNotRun_Waits()
    {
        Assert.Null(_lost.Container(5, ContainerState.Exited).Decide().Operation);
        Assert.Null(_lost.WithoutContainer(6).Decide().Operation);
        Assert.Null(_lost.Detached(5).Decide().Operation);
        Assert.Null(_lost.Record(5, record => record with { Want = InstanceWant.Fenced }).Decide().Operation);
        Assert.Null(_lost.See(5, (host, _) => host with { IsCurrent = false }).Decide().Operation);
    }

    [Fact]
    public void Propose_TwoLost_IsAPersonsMatter() => Assert.Null(_lost.WithoutContainer(5).WithoutData(5).Decide().Operation);

    [Fact]
    public void Propose_NotAllOfTheHostTold_Waits() => Assert.Null(_lost.See(4, (host, _) => host with { IsTruncated = true }).Decide().Operation);

    [Fact]
    public void Propose_WhileNothingMayBeDone_Waits()
    {
        Assert.Null((_lost with { FleetIsSilent = true }).Decide().Operation);
        Assert.Null((_lost with { ObserveOnly = true }).Decide().Operation);
        Assert.Null((_lost with { Cluster = _lost.Cluster with { HeldBy = new OperationId(Guid.NewGuid()) } }).Decide().Operation);
    }
}
