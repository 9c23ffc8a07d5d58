using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Tests.Planning;

namespace Agents.Domain.Tests.Health;

/// <summary>What is an orphan, and what is not.</summary>
public sealed class OrphanTests
{
    private static readonly World _world = World.Converged();
    private static readonly HashSet<(Orphan.Type, string)> _nothing = [];
    private static readonly HashSet<InstanceId> _none = [];

    [Fact]
    public void Of_ClusterKnown_None() => Assert.Empty(Orphan.Of("store", Host(), Known(_world.Cluster.Ref), Known(), _none, _nothing));

    [Fact]
    public void Of_InstanceThatItsClusterDoesNotHave_IsAnOrphanWithoutTheNetworkOnceNobodyHoldsTheCluster()
    {
        var node = _world.Of(1);

        var host = Host();
        var gone = host with { Containers = host.Containers.Clear() };

        Assert.Equal([node.ConfigVolume, node.DataVolume], Orphan.Of("store", gone, Known(node.Owner), Known(node.Owner), _none, _nothing).Select(orphan => orphan.Name));
        Assert.Equal([node.ContainerName], Orphan.Of("store", host, Known(node.Owner), Known(node.Owner), _none, _nothing).Select(orphan => orphan.Name)); // First what runs, or may.
        Assert.Empty(Orphan.Of("store", gone, Known(node.Owner), Known(node.Owner), new HashSet<InstanceId> { node.Id }, _nothing));
        Assert.Empty(Orphan.Of("store", gone, Known(node.Owner), Known(), _none, _nothing));
    }

    [Fact]
    public void Of_ClusterUnknown_AllThatIsOurs()
    {
        var node = _world.Of(1);

        Assert.Equal(
            [
                new Orphan(Orphan.Type.Container, node.ContainerName, node.Owner, node.Id, 7, HoldsData: false),
                new Orphan(Orphan.Type.Volume, node.ConfigVolume, node.Owner, node.Id, 7, HoldsData: false),
                new Orphan(Orphan.Type.Volume, node.DataVolume, node.Owner, node.Id, 7, HoldsData: true),
                new Orphan(Orphan.Type.Network, "net", node.Owner, null, 1, HoldsData: false),
            ],
            Orphan.Of("store", Host(), Known(), Known(), _none, _nothing).ToArray());
    }

    [Fact]
    public void Of_AnotherStore_NoneOfOurs() => Assert.Empty(Orphan.Of("another", Host(), Known(), Known(), _none, _nothing));

    [Fact]
    public void Of_ToBeRemovedAnyway_IsNone() =>
        Assert.DoesNotContain(Orphan.Of("store", Host(), Known(), Known(), _none, new HashSet<(Orphan.Type, string)> { (Orphan.Type.Network, "net") }), orphan => orphan.Name == "net");

    [Fact]
    public void Of_HostOutOfSight_None() => Assert.Empty(Orphan.Of("store", Host() with { IsCurrent = false }, Known(), Known(), _none, _nothing));

    [Fact]
    public void Of_NamesNoClusterOrNoInstance_IsLeftAlone()
    {
        var host = Host();

        Assert.Empty(Orphan.Of("store", host with { Containers = host.Containers.Clear(), Objects = [.. host.Objects.Select(seen => seen with { Owner = null })] }, Known(), Known(), _none, _nothing));
        Assert.Equal("net", Assert.Single(Orphan.Of("store", host with { Containers = host.Containers.Clear(), Objects = [.. host.Objects.Select(seen => seen with { InstanceId = null })] }, Known(), Known(), _none, _nothing)).Name);
    }

    [Fact]
    public void Of_InstanceThatIsKnown_IsNoOrphan() =>
        Assert.Equal("net", Assert.Single(Orphan.Of("store", Host(), Known(), Known(), new HashSet<InstanceId> { _world.Of(1).Id }, _nothing)).Name);

    [Fact]
    public void Of_GenerationThatWasNeverGivenOut_IsNoOrphan()
    {
        var host = Host();
        var node = _world.Of(1).Id;
        host = host with { Instances = host.Instances.SetItem(node, host.Instances[node] with { Generation = Ticket.GenerationMax + 1 }) };

        Assert.Equal("net", Assert.Single(Orphan.Of("store", host, Known(), Known(), _none, _nothing)).Name);
    }

    private static HostObservation Host()
    {
        var node = _world.Of(1);
        var seen = _world.Hosts[node.HostId];
        return seen with
        {
            Containers = seen.Containers.Clear().Add(node.ContainerName, seen.Containers[node.ContainerName]),
            Instances = seen.Instances.SetItem(node.Id, seen.Instances[node.Id] with { Generation = 7 }),
            Objects =
            [
                new OwnedObject(Orphan.Type.Network, "net", "store", node.Owner, null, HoldsData: false),
                new OwnedObject(Orphan.Type.Volume, node.DataVolume, "store", node.Owner, node.Id, HoldsData: true),
                new OwnedObject(Orphan.Type.Volume, node.ConfigVolume, "store", node.Owner, node.Id, HoldsData: false),
            ],
        };
    }

    private static HashSet<ResourceRef> Known(params ResourceRef[] resources) => [.. resources];
}
