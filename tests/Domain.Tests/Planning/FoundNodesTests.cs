using System.Collections.Immutable;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Testing;

namespace Agents.Domain.Tests.Planning;

/// <summary>Which nodes that the store does not know are a cluster's.</summary>
public sealed class FoundNodesTests
{
    private const string Subnet = "10.210.0.16/28";

    private static readonly World s_world = World.Converged();
    private static readonly Host s_host = A.Host(4);
    private static readonly InstanceId s_id = InstanceId.Derive(s_world.Cluster.Ref, s_world.Of(1).Kind, 9);

    [Fact]
    public void On_CommandedThereAndListedThere_IsANode()
    {
        var found = Assert.Single(Find());

        Assert.Equal(("demo-9", 9, s_host.Id, 8L, true), (found.Member, found.Ordinal, found.HostId, found.Generation, found.Initialised));
        Assert.Equal((20000, 20001, Subnet, s_world.Of(1).ImageLabel), (found.Ports["postgres"], found.Ports["rest"], found.Subnet, found.ImageLabel));
    }

    [Theory]
    [InlineData("creating replica", false)]
    [InlineData("streaming", true)]
    public void On_ItCopiesYet_HoldsNoData(string state, bool holdsData) => Assert.Equal(holdsData, Assert.Single(Find(engine: Engine("demo-9", "10.0.0.4:20000", state))).Initialised);

    public static TheoryData<string> Deviations => ["not commanded", "listed elsewhere", "another name", "not listed", "no record", "generation", "foreign ports", "one port twice", "no port", "subnet", "no network", "another store", "another cluster", "not current"];

    [Theory]
    [MemberData(nameof(Deviations))]
    public void On_WhatIsNotAsItMustBe_IsNoNode(string deviation)
    {
        var host = Seen();
        Assert.Empty(deviation switch
        {
            "not commanded" => Find(commanded: ["something else"]),
            "listed elsewhere" => Find(engine: Engine("demo-9", "10.0.0.5:20000")),
            "another name" => Find(engine: Engine("demo-1", "10.0.0.4:20000")),
            "not listed" => Find(engine: Engine("demo-2", "10.0.0.2:20000")),
            "no record" => Find(host with { Instances = host.Instances.Clear() }),
            "generation" => Find(host with { Instances = host.Instances.SetItem(s_id, host.Instances[s_id] with { Generation = long.MaxValue }) }),
            "foreign ports" => Find(Seen(ports: "postgres=443 rest=20001"), Engine("demo-9", "10.0.0.4:443")),
            "one port twice" => Find(Seen(ports: "postgres=20000 rest=20000")),
            "no port" => Find(Seen(ports: "postgres=20000")),
            "subnet" => Find(Seen(subnet: "10.0.0.0/8")),
            "no network" => Find(host with { Objects = [] }),
            "another store" => Find(Seen(store: "other")),
            "another cluster" => Find(Seen(owner: A.Cluster(7).Ref)),
            _ => Find(host with { IsCurrent = false }),
        });
    }

    [Fact]
    public void NextOrdinalOf_TheEngineListsALaterNode_IsAboveIt()
    {
        var cluster = s_world.Cluster with { NextOrdinal = 9 };

        Assert.Equal(12, FoundNodes.NextOrdinalOf(cluster, Engine("demo-11", "")));
        Assert.Equal(9, FoundNodes.NextOrdinalOf(cluster, Engine("demo-3", "")));
        Assert.Equal(9, FoundNodes.NextOrdinalOf(cluster, Engine("demo-4000", ""))); // No copy is that old.
    }

    private static ImmutableArray<Instance> Find(HostObservation? seen = null, ClusterObservation? engine = null, params string[] commanded) => FoundNodes.On(
        "store", s_world.Cluster with { NextOrdinal = 9 }, s_world.Of(1), s_host, seen ?? Seen(), engine ?? Engine("demo-9", "10.0.0.4:20000"),
        (commanded.Length > 0 ? commanded : [s_id.ToString()]).ToHashSet(StringComparer.Ordinal));

    private static ClusterObservation Engine(string member, string address, string state = "streaming") => new(
        s_world.Cluster.Id, A.Time, [new MemberObservation { Name = member, IsPrimary = false, State = state, Timeline = 1, Address = address }], Paused: false, []);

    private static HostObservation Seen(string ports = "postgres=20000 rest=20001", string subnet = Subnet, string store = "store", ResourceRef? owner = null)
    {
        var cluster = owner ?? s_world.Cluster.Ref;
        return HostObservation.NeverHeard(s_host.Id) with
        {
            IsCurrent = true,
            Containers = HostObservation.NeverHeard(s_host.Id).Containers.Add("demo-9-x", new ContainerObservation("demo-9-x", store, cluster, s_id, ContainerState.Running, 0, Ports: ports)),
            Instances = ImmutableDictionary<InstanceId, InstanceObservation>.Empty.Add(s_id, new InstanceObservation(s_id, 7, InstanceWant.Running, "hash", true, "")),
            Objects = [new OwnedObject(Orphan.Type.Network, "net", store, cluster, null, HoldsData: false, subnet)],
        };
    }
}
