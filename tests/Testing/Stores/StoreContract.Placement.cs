using Agents.Controller.Stores;
using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Xunit;

namespace Agents.Testing.Stores;

/// <summary>Instances, their ports and their networks.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task RemoveHost_Then_ItsNameIsFree()
    {
        await Write(writer =>
        {
            writer.AddHost(A.Host());
            writer.AddHost(A.Host(2));
        });

        await Write(writer => writer.RemoveHost(A.Host().Id));

        Assert.Equal([A.Host(2)], await Read(reader => reader.ListHosts(null)));
        await Write(writer => writer.AddHost(A.Host(3) with { Name = A.Host().Name }));
    }

    [Fact]
    public async Task FindHostAt_AnAddressOfItsOwn_FindsItInItsProjectAlone()
    {
        var host = A.Host() with { ClusterAddress = "192.0.2.1", ClientAddress = "192.0.2.101" };
        await Write(writer => writer.AddHost(host));

        Assert.Equal((host, host), await Read(reader => (reader.FindHostAt("default", "192.0.2.1"), reader.FindHostAt("default", "192.0.2.101"))));
        Assert.Equal((null, null), await Read(reader => (reader.FindHostAt("other", "192.0.2.1"), reader.FindHostAt("default", "192.0.2.10"))));
    }

    [Fact]
    public async Task AddInstances_SharedHost_SharesTheClustersNetwork()
    {
        var (cluster, host) = await AddClusterAndHost();
        var node = A.Instance(cluster, host);
        var etcd = A.Instance(cluster, host, InstanceKind.Etcd, ordinal: 2) with { Initialised = true };

        await Write(writer => writer.AddInstances([etcd, node]));

        AssertSame([node, etcd], await Read(reader => reader.ListInstances(cluster.Ref)));
        AssertSame([node, etcd], await Read(reader => reader.ListInstances()));
    }

    [Fact]
    public async Task AddInstances_PortTaken_ThrowsAndWritesNothing()
    {
        var (cluster, host) = await AddClusterAndHost();
        var other = A.Cluster(2);
        await Write(writer =>
        {
            writer.AddCluster(other);
            writer.AddInstances([A.Instance(cluster, host)]);
        });
        var free = A.Instance(other, host, ordinal: 5) with { Subnet = "10.210.0.16/28" };
        var taken = A.Instance(other, host, ordinal: 6) with { Subnet = "10.210.0.16/28", Ports = A.Instance(cluster, host).Ports };

        await Assert.ThrowsAsync<PlacementTakenException>(() => Write(writer => writer.AddInstances([free, taken])));

        Assert.Empty(await Read(reader => reader.ListInstances(other.Ref)));
    }

    [Theory]
    [InlineData("10.210.0.0/28", 2)]
    [InlineData("10.210.0.16/28", 1)]
    public async Task AddInstances_SubnetOfAnotherClusterOrASecondOne_Throws(string subnet, int clusterNumber)
    {
        var (cluster, host) = await AddClusterAndHost();
        await Write(writer =>
        {
            writer.AddCluster(A.Cluster(2));
            writer.AddInstances([A.Instance(cluster, host)]);
        });
        var second = A.Instance(A.Cluster(clusterNumber), host, ordinal: 5) with { Subnet = subnet };

        await Assert.ThrowsAsync<PlacementTakenException>(() => Write(writer => writer.AddInstances([second])));
    }

    [Fact]
    public async Task RemoveInstance_Then_ItsPortsAndItsNetworkAreFree()
    {
        var (cluster, host) = await AddClusterAndHost();
        var node = A.Instance(cluster, host);
        var other = A.Cluster(2);
        await Write(writer =>
        {
            writer.AddInstances([node]);
            writer.AddCluster(other);
        });

        await Write(writer =>
        {
            writer.RemoveInstance(node.Id);
            writer.RemoveInstance(node.Id);
        });
        await Write(writer => writer.AddInstances([A.Instance(other, host)]));

        Assert.Equal([other.Ref], (await Read(reader => reader.ListInstances())).Select(instance => instance.Owner));
    }

    [Fact]
    public async Task RemoveInstance_NetworkStillToBeRemoved_KeepsItsSubnetUntilThen()
    {
        var (cluster, host) = await AddClusterAndHost();
        var node = A.Instance(cluster, host);
        var other = A.Cluster(2);
        var network = Leftover(LeftoverKind.Network, "n") with { InstanceId = null };
        await Write(writer =>
        {
            writer.AddInstances([node]);
            writer.AddCluster(other);
        });

        await Write(writer =>
        {
            writer.AddLeftover(network);
            writer.RemoveInstance(node.Id);
        });

        Assert.Equal([new ResourceNetwork(host.Id, node.Subnet, cluster.Ref)], await Read(reader => reader.ListNetworks()));
        await Assert.ThrowsAsync<PlacementTakenException>(() => Write(writer => writer.AddInstances([A.Instance(other, host)])));
        await Write(writer => writer.RemoveLeftover(network));
        Assert.Empty(await Read(reader => reader.ListNetworks()));
        await Write(writer => writer.AddInstances([A.Instance(other, host)]));
    }

    [Fact]
    public async Task UpdateInstance_Known_IsReplacedAndOtherwiseThrows()
    {
        var (cluster, host) = await AddClusterAndHost();
        var node = A.Instance(cluster, host);
        await Write(writer => writer.AddInstances([node]));
        var changed = node with { Generation = 4, Initialised = true, Power = InstancePower.Stopped, Revision = "patroni-2", ImageLabel = "postgres:17-2", ConfigHash = "abc" };

        await Write(writer => writer.UpdateInstance(changed));

        AssertSame([changed], await Read(reader => reader.ListInstances(cluster.Ref)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Write(writer => writer.UpdateInstance(A.Instance(cluster, host, ordinal: 9))));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Write(writer => writer.UpdateInstance(node with { Subnet = "10.210.0.32/28" })));
    }

    private static Leftover Leftover(LeftoverKind kind, string name) => new()
    {
        HostId = A.Host().Id,
        Owner = A.Cluster().Ref,
        OwnerGeneration = 2,
        InstanceId = InstanceId.Derive(A.Cluster().Ref, InstanceKind.Etcd, 1),
        Generation = 3,
        Kind = kind,
        Name = name,
        NotBefore = A.Time,
        DestroyData = kind == LeftoverKind.Volume,
        OperationId = A.Operation().Id,
    };
}
