using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Domain.Scheduling;
using Agents.Testing;

namespace Agents.Domain.Tests.Planning;

/// <summary>What verbs would do, said before they do it.</summary>
public sealed class VerbPlansTests
{
    private static readonly World s_world = World.Converged();
    private static readonly HostId s_host1 = s_world.Of(1).HostId;

    [Fact]
    public void OfStop_EverythingIsSeen_SaysWhoIsStoppedLast()
    {
        var plan = Plans().OfStop();

        Assert.Equal(EngineTable.Of(Engine.Patroni).StepsOf(OperationKinds.PostgresClusterStop).AsEnumerable(), plan.Steps.AsEnumerable());
        Assert.Equal(["demo-1 takes writes now and is stopped last; all sessions end"], plan.Notes.AsEnumerable());
    }

    [Fact]
    public void OfStop_HostIsAwayAndNoPrimarySeen_SaysBoth() => Assert.Equal(
        [
            "no primary is seen: of who leads only what each node says at its stop will be known",
            "h1 is away: demo-1, demo-etcd-4, demo-proxy-7 there are stopped when it is back",
        ],
        (Away() with { Seen = null }).OfStop().Notes.AsEnumerable());

    [Theory]
    [InlineData(2, Durability.Quorum, "demo-2, which took the writes, is started first and alone until it leads")]
    [InlineData(0, Durability.Quorum, "nobody knows which node took the writes: the engine chooses")]
    [InlineData(1, Durability.Quorum, "demo-1, which took the writes, is on h1, which is away: the engine chooses among the others")]
    [InlineData(1, Durability.Async, "demo-1, which took the writes, is on h1, which is away: with durability async the others may lack what was acknowledged, and wait for it")]
    public void OfStart_SaysWhoLeadsFirst(int primary, Durability durability, string expected)
    {
        var plans = Away() with { Cluster = s_world.Cluster with { Effective = s_world.Cluster.Effective with { Durability = durability } } };

        var notes = plans.OfStart(new StartArguments(primary == 0 ? null : s_world.Of(primary).Id, [s_host1])).Notes;

        Assert.Equal([expected, "h1 is away: demo-1, demo-etcd-4, demo-proxy-7 there are started when it is back"], notes.AsEnumerable());
    }

    [Fact]
    public void OfSwitchover_SaysWhoCanTakeIt()
    {
        Assert.Equal(
            ["demo-1 hands the lead over to the one of these that the engine chooses: demo-2 (streaming, 16 bytes behind), demo-3 (not seen); its sessions end, and writes wait for a moment"],
            Plans().OfSwitchover(new SwitchoverArguments(s_world.Of(1).Id, null)).Notes.AsEnumerable());
        Assert.Equal(
            ["demo-1 hands the lead over to demo-2 (streaming, 16 bytes behind); its sessions end, and writes wait for a moment"],
            Plans().OfSwitchover(new SwitchoverArguments(s_world.Of(1).Id, s_world.Of(2).Id)).Notes.AsEnumerable());
    }

    [Fact]
    public void OfAddNodes_SaysWhereAndWhy()
    {
        var placement = new Placement { Instances = [s_world.Of(3) with { Member = "demo-9", PlacementReason = "it is free" }], Warnings = ["look at it"], Hosts = [] };

        Assert.Equal(
            ["demo-9 on h3: it is free", "each copies the data from demo-1; the proxies send it sessions that only read when it streams", "look at it"],
            Plans().OfAddNodes(placement, new Dictionary<HostId, string> { [s_world.Of(3).HostId] = "h3" }).Notes.AsEnumerable());
    }

    [Fact]
    public void OfRemoveNodes_SaysWhatBecomesOfTheData()
    {
        Assert.Equal(
            [
                "demo-2 goes: it is named",
                "demo-3 goes: it came last",
                "the proxies send them nobody any more; sessions that read there are waited for, 30 s at most",
                "the data of demo-2 is a copy, and is removed with it",
                "demo-3: its data may be no copy, and stays until a person removes it (agentctl host get)",
            ],
            Plans().OfRemoveNodes([(s_world.Of(2), "it is named"), (s_world.Of(3), "it came last")]).Notes.AsEnumerable());
    }

    [Fact]
    public void OfRestart_SaysInWhichOrder()
    {
        var from = new SwitchoverArguments(s_world.Of(1).Id, null);

        Assert.StartsWith("one at a time, each only while all stream: demo-2, demo-3;", Plans().OfRestart(from).Notes[0], StringComparison.Ordinal);
        Assert.StartsWith("demo-1 hands the lead over to", Plans().OfRestart(from).Notes[1], StringComparison.Ordinal);
        Assert.Equal(["demo-1 is alone: there is no database while it restarts"], (Plans() with { Instances = [s_world.Of(1)] }).OfRestart(from).Notes.AsEnumerable());
    }

    private static VerbPlans Plans() => new(
        s_world.Cluster,
        s_world.Instances,
        new ClusterObservation(
            s_world.Cluster.Id,
            A.Time,
            [
                new MemberObservation { Name = "demo-1", IsPrimary = true, State = "running", Timeline = 1 },
                new MemberObservation { Name = "demo-2", IsPrimary = false, State = "streaming", Timeline = 1, LagBytes = 16 },
            ],
            Paused: false,
            [new NodeSight("demo-1", NodeSight.Kind.Leads), new NodeSight("demo-2", NodeSight.Kind.Follows)]),
        new Dictionary<HostId, string>());

    private static VerbPlans Away() => Plans() with { Away = new Dictionary<HostId, string> { [s_host1] = "h1" } };
}
