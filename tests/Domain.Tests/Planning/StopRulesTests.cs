using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Tests.Planning;

/// <summary>A cluster that is meant to be stopped: what still runs is stopped, in its order.</summary>
public sealed class StopRulesTests
{
    private static readonly World _stopped = AllOf(World.Converged(), (world, ordinal) => world.Container(ordinal, ContainerState.Exited).Record(ordinal, record => record with { Want = InstanceWant.Stopped })) is var world
        ? world with
        {
            Cluster = world.Cluster with { Stopped = new Stopped { Nodes = [new Trash.Position(world.Of(2).Id, Trash.NodeRole.Primary, 1, 1)] } },
            Instances = [.. world.Instances.Select(instance => instance with { Power = InstancePower.Stopped })],
            Primary = null,
            Leader = null,
        }
        : null!;

    [Fact]
    public void Decide_AllIsDown_Nothing() => AssertPlan(_stopped, [], []);

    [Fact]
    public void Decide_EverythingRuns_ProxiesFirst() => AssertPlan(
        AllOf(_stopped, Up),
        ["Stop demo-proxy-7: it runs, and its cluster is stopped", "Stop demo-proxy-8: it runs, and its cluster is stopped"],
        [
            "demo-etcd-4: it is stopped after demo-1", "demo-etcd-5: it is stopped after demo-1", "demo-etcd-6: it is stopped after demo-1",
            "demo-1: it is stopped after demo-proxy-7", "demo-2: it is stopped after demo-1", "demo-3: it is stopped after demo-proxy-7",
        ]);

    [Theory]
    [InlineData(null, "demo-2", "demo-1")]
    [InlineData("demo-1", "demo-1", "demo-2")]
    public void Decide_NodesRun_ReplicasBeforeWhoLeadsOrLed(string? leads, string primary, string replica) => AssertPlan(
        Up(Up(_stopped, 1), 2) with { Leader = leads },
        [$"Stop {replica}: it runs, and its cluster is stopped"],
        [$"{primary}: it is stopped after {replica}"]);

    [Fact]
    public void Decide_DownAndWanted_IsStoppedBeforeItsAgentStartsIt() =>
        AssertPlan(_stopped.Record(3, record => record with { Want = InstanceWant.Running }), ["Stop demo-3: it runs, and its cluster is stopped"], []);

    [Fact]
    public void Decide_PausedByAPerson_IsLeftAloneAndSaysSo() =>
        AssertPlan(_stopped.Container(3, ContainerState.Paused), [], ["demo-3: its container is paused, which a person did; it is stopped when that ends"]);

    [Fact]
    public void Decide_HostIsNotSeen_IsWaitedFor() => AssertPlan(
        Up(Up(_stopped, 1), 4).See(1, (host, _) => host with { IsCurrent = false }),
        [],
        ["demo-etcd-4: its host has not reported on its current link", "demo-1: its host has not reported on its current link"]);

    [Fact]
    public void Decide_DataIsGone_NothingIsReplaced() => Assert.Null(_stopped.WithoutData(4).Troubled(4, Hold.DataGone).Decide().Operation);

    private static World Up(World world, int ordinal) => world.Container(ordinal, ContainerState.Running).Record(ordinal, record => record with { Want = InstanceWant.Running });

    private static World AllOf(World world, Func<World, int, World> change) => world.Instances.Aggregate(world, (changed, instance) => change(changed, instance.Ordinal));

    private static void AssertPlan(World world, IEnumerable<string> actions, IEnumerable<string> held)
    {
        var plan = world.Decide();

        Assert.Equal(actions, plan.Actions.Select(action => $"{action.Kind} {action.Instance.Member}: {action.Reason}"));
        Assert.Equal(held, plan.Held.Where(hold => !hold.Member.Contains("proxy", StringComparison.Ordinal) || hold.Reason != Hold.HostNotSeen).Select(hold => hold.ToString()));
    }
}
