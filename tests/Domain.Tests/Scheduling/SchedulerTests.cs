using System.Collections.Immutable;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;
using Agents.Testing;

namespace Agents.Domain.Tests.Scheduling;

/// <summary>Filters, then spread; all or nothing, always with the reason.</summary>
public sealed class SchedulerTests
{
    [Fact]
    public void Place_ThreeHosts_OneNodeAndOneMemberOnEach()
    {
        var placement = Scheduler.Place(Candidate.Request(), Candidate.Ready(1, 3));

        Assert.True(placement.IsFeasible);
        Assert.Empty(placement.Warnings);
        Assert.Equal(
            [
                "demo-1 on 1: postgres 20000, rest 20001",
                "demo-2 on 2: postgres 20000, rest 20001",
                "demo-3 on 3: postgres 20000, rest 20001",
                "demo-etcd-4 on 1: client 20002, peer 20003",
                "demo-etcd-5 on 2: client 20002, peer 20003",
                "demo-etcd-6 on 3: client 20002, peer 20003",
                "demo-proxy-7 on 1: read_only 20005, read_write 20004, statistics 20006",
                "demo-proxy-8 on 2: read_only 20005, read_write 20004, statistics 20006",
            ],
            placement.Instances.Select(Text));
    }

    [Fact]
    public void Place_ClusterThatIsThere_GetsWhatItLacksBesideWhatItHas()
    {
        var present = Scheduler.Place(Candidate.Request(), Candidate.Ready(1, 3)).Instances;
        var wanted = Candidate.Request(new PostgresClusterSpec { NodeCount = 4 }, firstOrdinal: 9) with { Present = present };

        Assert.Equal(["demo-9 on 4: postgres 20000, rest 20001"], Scheduler.Place(wanted, Candidate.Ready(1, 4)).Instances.Select(Text));
        var none = Scheduler.Place(wanted, Candidate.Ready(1, 3));
        Assert.Equal("no host has room for one more of the 4 nodes; the reasons stand with each host", none.Problem);
        Assert.All(none.Hosts, host => Assert.Equal(["it has one of the nodes already"], host.Reasons.AsEnumerable()));

        // On a host that the cluster has something on already: its network is taken, and its ports are used.
        var on3 = present.Single(instance => instance.Member == "demo-3");
        var again = Assert.Single(Scheduler.Place(wanted with { Present = present.Remove(on3), Spec = wanted.Spec with { NodeCount = 3 } }, Candidate.Ready(1, 3)).Instances);
        Assert.Equal((on3.HostId, on3.Subnet), (again.HostId, again.Subnet));
        Assert.Empty(again.Ports.Values.Intersect(present.Where(instance => instance.HostId == on3.HostId && instance != on3).SelectMany(instance => instance.Ports.Values)));
    }

    [Fact]
    public void Place_Instance_CarriesWhatItsHostGives()
    {
        var host = Candidate.Ready(1) with { Host = A.Host() with { ClientAddress = "192.0.2.1" }, UsedSubnets = ["10.210.0.0/28"], InstanceCount = 4 };

        var instance = Scheduler.Place(Candidate.Request(new PostgresClusterSpec { NodeCount = 1 }, firstOrdinal: 11), [host]).Instances[0];

        Assert.Equal(InstanceId.Derive(A.Cluster().Ref, InstanceKind.Postgres, 11), instance.Id);
        Assert.Equal(("demo-11", 11, 1L, false), (instance.Member, instance.Ordinal, instance.Generation, instance.Initialised));
        Assert.Equal(("10.0.0.1", "192.0.2.1", "10.210.0.16/28"), (instance.ClusterAddress, instance.ClientAddress, instance.Subnet));
        Assert.Equal("of 1 feasible host it has the fewest of this kind (0); 0 instances of this cluster, 4 of others, nothing of its memory reserved", instance.PlacementReason);
    }

    [Fact]
    public void Place_MoreHostsThanNeeded_TakesTheLeastUsed()
    {
        HostCandidate[] hosts =
        [
            Candidate.Ready(1) with { ReservedMemoryBytes = 4L << 30 },
            Candidate.Ready(2) with { InstanceCount = 5 },
            Candidate.Ready(3),
            Candidate.Ready(4),
            Candidate.Ready(5),
        ];

        var placement = Scheduler.Place(Candidate.Request(), hosts);

        Assert.Equal([A.Host(3).Id, A.Host(4).Id, A.Host(5).Id], HostsOf(placement, InstanceKind.Postgres));
    }

    [Fact]
    public void Place_HostSaysThatItIsEndless_DrawsNothingToIt()
    {
        var hosts = Candidate.Ready(1, 3).SetItem(1, Candidate.Ready(2) with { Facts = A.Facts() with { MemoryBytes = 1L << 56, DiskBytes = 1L << 56, DiskFreeBytes = 1L << 56 } });
        var counts = new int[3];
        for (var create = 0; create < 9; create++)
        {
            var placed = Scheduler.Place(Candidate.Request(new PostgresClusterSpec { NodeCount = 1 }), hosts).Instances.Single(instance => instance.Kind == InstanceKind.Postgres);
            var index = hosts.Select(host => host.Host.Id).ToList().IndexOf(placed.HostId);
            counts[index]++;
            hosts = hosts.SetItem(index, hosts[index] with { ReservedMemoryBytes = hosts[index].ReservedMemoryBytes + (1L << 30), InstanceCount = hosts[index].InstanceCount + 1 });
        }

        Assert.Equal([3, 3, 3], counts);
    }

    [Fact]
    public void Place_StrictAndTooFewHosts_IsRefusedWithWhatToDo()
    {
        var placement = Scheduler.Place(Candidate.Request(), [Candidate.Ready(1), Candidate.Ready(2), Candidate.Ready(3) with { Host = A.Host(3) with { Cordoned = true } }]);

        Assert.False(placement.IsFeasible);
        Assert.Empty(placement.Instances);
        Assert.Equal(
            "3 hosts are needed (3 nodes and 3 etcd members, each kind on different hosts) and 2 can be used: "
            + "add hosts, ask for fewer nodes, or set placement.strict to false and accept that the loss of one host may stop the cluster",
            placement.Problem);
        Assert.Equal([true, true, false], placement.Hosts.Select(host => host.Feasible));
    }

    [Fact]
    public void Place_NotStrict_SharesHostsWithAWarning()
    {
        var spec = new PostgresClusterSpec { NodeCount = 3, Placement = new PlacementSpec { Strict = false } };

        var placement = Scheduler.Place(Candidate.Request(spec), Candidate.Ready(1, 2));

        Assert.True(placement.IsFeasible);
        Assert.Equal(
            ["2 nodes share host h1: its loss takes them all away", "2 etcd members share host h2: its loss takes them all away"],
            placement.Warnings.ToArray());
    }

    [Fact]
    public void Place_NotStrictOnOneHost_WarnsOfEveryKind()
    {
        var spec = new PostgresClusterSpec { NodeCount = 2, ProxyCount = 2, Placement = new PlacementSpec { Strict = false } };

        var placement = Scheduler.Place(Candidate.Request(spec), Candidate.Ready(1, 1));

        Assert.Equal(
            [
                "2 nodes share host h1: its loss takes them all away",
                "3 etcd members share host h1: its loss takes them all away",
                "2 proxies share host h1: its loss takes them all away",
            ],
            placement.Warnings.ToArray());
    }

    [Fact]
    public void Place_NoHostInTheProject_SaysHowToGetOne()
    {
        var other = Candidate.Ready(1) with { Host = A.Host() with { Project = "other" } };

        var placement = Scheduler.Place(Candidate.Request(), [other]);

        Assert.Equal("the project has no host: make a join token (agentctl token create) and start an agent with it on each host", placement.Problem);
        Assert.Empty(placement.Hosts);
    }

    [Fact]
    public void Place_NoFeasibleHost_PointsAtTheReasons()
    {
        var placement = Scheduler.Place(Candidate.Request(), Candidate.Ready(1, 2).Select(host => host with { Facts = null }));

        Assert.Equal("none of the 2 hosts can be used; the reasons stand with each host", placement.Problem);
        Assert.Equal(2, placement.Hosts.Length);
    }

    [Fact]
    public void Place_PortsUsed_TakesTheLowestFree()
    {
        var hosts = Candidate.Ready(1, 3).Select(host => host with { UsedPorts = [20000, 20002, 20003] });

        var placement = Scheduler.Place(Candidate.Request(), hosts);

        Assert.Equal("demo-1 on 1: postgres 20001, rest 20004", Text(placement.Instances[0]));
    }

    [Fact]
    public void Place_TooFewFreePorts_IsRefusedWithTheCounts()
    {
        var hosts = Candidate.Ready(1, 3).Select(host => host with { Host = host.Host with { PortFirst = 20000, PortLast = 20003 }, UsedPorts = [20003] });

        var placement = Scheduler.Place(Candidate.Request(), hosts);

        Assert.Empty(placement.Instances);
        Assert.Equal("no host has room for one more of the 3 etcd members; the reasons stand with each host", placement.Problem);
        Assert.All(placement.Hosts, host => Assert.Equal((false, "ports: 2 needed, 1 of 20000-20003 free: widen the agent's port range"), (host.Feasible, Assert.Single(host.Reasons))));
    }

    [Fact]
    public void Place_SubnetsUsedUp_IsRefusedWithThePool()
    {
        var hosts = Candidate.Ready(1, 3).Select(host => host with { Host = host.Host with { NetworkPool = "10.210.0.0/28" }, UsedSubnets = ["10.210.0.0/28"] });

        var placement = Scheduler.Place(Candidate.Request(), hosts);

        Assert.All(placement.Hosts, host => Assert.Equal("networks: none left in 10.210.0.0/28: widen the agent's network pool", Assert.Single(host.Reasons)));
    }

    [Fact]
    public void Place_PortsShortOnOneHostOnly_ProxyGoesElsewhere()
    {
        ImmutableArray<HostCandidate> hosts = [Candidate.Ready(1) with { Host = A.Host(1) with { PortLast = 20004 } }, Candidate.Ready(2), Candidate.Ready(3)];

        var placement = Scheduler.Place(Candidate.Request(), hosts);

        Assert.Equal([A.Host(2).Id, A.Host(3).Id], HostsOf(placement, InstanceKind.Haproxy));
    }

    [Fact]
    public void Place_DiskReserved_IsSaidOfEachHost()
    {
        HostCandidate[] hosts =
        [
            Candidate.Ready(1) with { ReservedDiskBytes = 96L << 30 },
            Candidate.Ready(2) with { Facts = A.Facts() with { DiskFreeBytes = (10L << 30) - 1 } },
            Candidate.Ready(3) with { State = HostState.Suspect, StateReason = "silence" },
        ];

        var placement = Scheduler.Place(Candidate.Request(new PostgresClusterSpec { NodeCount = 1, Placement = new PlacementSpec { Strict = false } }), hosts);

        Assert.Equal("no host has room for the node; the reasons stand with each host", placement.Problem);
        Assert.Equal(
            [
                "disk: 10 GiB needed, 4 GiB left of 100 GiB after reservations of 96 GiB, 80 GiB free",
                "disk: 10 GiB needed, 9.9 GiB left of 100 GiB after reservations of nothing, 9.9 GiB free",
                "it is suspect: silence",
            ],
            placement.Hosts.Select(host => Assert.Single(host.Reasons)));
    }

    [Fact]
    public void Place_ClustersOwnInstances_AreCounted()
    {
        // A node's 10 GiB, and 1.5 of an etcd member: a second member does not fit beside them.
        var host = Candidate.Ready(1) with { Facts = A.Facts() with { DiskBytes = 12L << 30, DiskFreeBytes = 12L << 30 } };
        var spec = new PostgresClusterSpec { NodeCount = 1, Placement = new PlacementSpec { Strict = false } };

        var placement = Scheduler.Place(Candidate.Request(spec), [host]);

        Assert.Equal("no host has room for one more of the 3 etcd members; the reasons stand with each host", placement.Problem);
        Assert.Equal("disk: 1.5 GiB needed, 512 MiB left of 12 GiB after reservations of 11.5 GiB, 12 GiB free", Assert.Single(placement.Hosts[0].Reasons));
    }

    [Fact]
    public void Place_MemoryReserved_IsSaid_AndAnotherHostIsTaken()
    {
        HostCandidate[] hosts = [Candidate.Ready(1) with { ReservedMemoryBytes = (8L << 30) - (511L << 20) }, Candidate.Ready(2), Candidate.Ready(3), Candidate.Ready(4)];

        var placement = Scheduler.Place(Candidate.Request(), hosts);
        var refused = Scheduler.Place(Candidate.Request(), hosts[..3]);

        Assert.Equal([A.Host(2).Id, A.Host(3).Id, A.Host(4).Id], HostsOf(placement, InstanceKind.Postgres));
        Assert.Equal("memory: 512 MiB needed, 511 MiB left of 8 GiB after reservations of 7.5 GiB", Assert.Single(refused.Hosts[0].Reasons));
        Assert.Equal("it has one of the nodes already", Assert.Single(refused.Hosts[1].Reasons));
    }

    [Fact]
    public void Place_NoRoomForANode_AMemberStillFits()
    {
        HostCandidate[] hosts = [Candidate.Ready(1) with { ReservedDiskBytes = 97L << 30 }, Candidate.Ready(2), Candidate.Ready(3)];

        var placement = Scheduler.Place(Candidate.Request(new PostgresClusterSpec { NodeCount = 1 }), hosts);

        Assert.Equal([A.Host(2).Id], HostsOf(placement, InstanceKind.Postgres));
        Assert.Equal([A.Host(1).Id, A.Host(2).Id, A.Host(3).Id], HostsOf(placement, InstanceKind.Etcd).OrderBy(id => id.Value));
    }

    private static IEnumerable<HostId> HostsOf(Placement placement, InstanceKind kind) =>
        placement.Instances.Where(instance => instance.Kind == kind).Select(instance => instance.HostId);

    private static string Text(Instance instance) =>
        $"{instance.Member} on {instance.ClusterAddress[^1]}: {string.Join(", ", instance.Ports.Select(port => $"{port.Key} {port.Value}"))}";
}
