using Agents.Domain.Model;
using Agents.Domain.Scheduling;

namespace Agents.Domain.Tests.Scheduling;

/// <summary>Members are named after cluster, kind and ordinal, and stay DNS labels.</summary>
public sealed class MemberNamesTests
{
    [Theory]
    [InlineData(InstanceKind.Postgres, "demo-7")]
    [InlineData(InstanceKind.Etcd, "demo-etcd-7")]
    [InlineData(InstanceKind.Haproxy, "demo-proxy-7")]
    public void Of_Kind_IsItsName(InstanceKind kind, string name) => Assert.Equal(name, MemberNames.Of("demo", kind, 7));

    [Fact]
    public void Of_LongestClusterAndLargeOrdinal_IsADnsLabel() =>
        Assert.InRange(MemberNames.Of(new string('a', ResourceName.LengthMax), InstanceKind.Haproxy, int.MaxValue).Length, 1, 63);
}
