using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Testing;
using Agents.Words;

namespace Agents.Domain.Tests.Model;

/// <summary>Container and volumes are named after the member, so that people recognise them, and after the instance, so that they are nobody else's.</summary>
public sealed class InstanceTests
{
    [Fact]
    public void Names_OfAnInstance_SayWhoseTheyAre()
    {
        var instance = A.Instance(A.Cluster(), A.Host()) with { Id = InstanceId.Parse("0a1b2c3d-4e5f-4a6b-8c7d-8e9f0a1b2c3d"), Member = "orders-1" };

        Assert.Equal("orders-1-0a1b2c3d", instance.ContainerName);
        Assert.Equal("orders-1-0a1b2c3d-data", instance.DataVolume);
        Assert.Equal("orders-1-0a1b2c3d-config", instance.ConfigVolume);
    }

    [Fact]
    public void ContainerName_LongestResourceName_IsADnsLabel() => Assert.All(KindProfile.All, profile =>
    {
        var instance = A.Instance(A.Cluster(), A.Host()) with { Member = profile.MemberOf(new string('a', ResourceName.LengthMax), 99999) };

        Assert.InRange(instance.ContainerName.Length, 1, 63);
    });

    [Theory]
    [InlineData(InstanceKind.Postgres, PortNames.Postgres, "10.0.0.1")]
    [InlineData(InstanceKind.Etcd, KindProfile.EtcdPeerPort, "10.0.0.1")]
    [InlineData(InstanceKind.Haproxy, KindProfile.ReadWritePort, "192.0.2.1")]
    [InlineData(InstanceKind.Haproxy, KindProfile.ReadOnlyPort, "192.0.2.1")]
    [InlineData(InstanceKind.Haproxy, KindProfile.StatisticsPort, "10.0.0.1")]
    public void AddressOf_APort_IsWhereItsAudienceIs(InstanceKind kind, string port, string address)
    {
        var instance = A.Instance(A.Cluster(), A.Host(), kind) with { ClusterAddress = "10.0.0.1", ClientAddress = "192.0.2.1" };

        Assert.Equal(address, instance.AddressOf(port));
    }
}
