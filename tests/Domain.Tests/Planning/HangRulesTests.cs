using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Testing;

namespace Agents.Domain.Tests.Planning;

/// <summary>What the agents of nodes are told of how long a primary may be silent, and what is said of one that could not be ended.</summary>
public sealed class HangRulesTests
{
    private static readonly Cluster _cluster = A.Cluster();

    [Fact]
    public void TimeoutOf_ACluster_IsItsOwnUnlessALossIsPossible()
    {
        Assert.Equal(TimeSpan.FromSeconds(10), HangRules.TimeoutOf(_cluster));
        Assert.Equal(TimeSpan.FromSeconds(30), HangRules.TimeoutOf(_cluster with { Effective = _cluster.Effective with { HangTimeout = TimeSpan.FromSeconds(30) } }));
        Assert.Equal(TimeSpan.Zero, HangRules.TimeoutOf(_cluster with { Effective = _cluster.Effective with { Durability = Durability.Async } }));
    }

    [Fact]
    public void Decide_ItsAgentKnowsAnotherTime_IsTold()
    {
        var world = World.Converged().Record(2, record => record with { HangTimeout = TimeSpan.Zero });

        var action = Assert.Single(world.Decide().Actions);

        Assert.Equal((ActionKind.SetHangTimeout, "demo-2", "its agent bears no answer for ever and is to for 10 s"), (action.Kind, action.Instance.Member, action.Reason));
        Assert.Empty(world.Record(2, record => record with { Want = InstanceWant.Fenced }).Decide().Actions);
    }

    [Fact]
    public void Decide_OneHangsAndCouldNotBeEnded_IsHeldAndNamed()
    {
        var plan = World.Converged().Record(1, record => record with { Hang = "its PostgreSQL gave no answer" }).Decide();

        Assert.Equal(new Hold("demo-1", Hold.Hung, "its PostgreSQL gave no answer"), Assert.Single(plan.Held));
        Assert.Empty(plan.Actions);
        Assert.Null(plan.Operation);
    }
}
