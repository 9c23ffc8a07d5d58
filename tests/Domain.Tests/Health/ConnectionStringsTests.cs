using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Domain.Tests.Health;

/// <summary>How applications connect.</summary>
public sealed class ConnectionStringsTests
{
    private static readonly EffectiveSpec _spec = A.Cluster().Effective;

    [Fact]
    public void Uri_Endpoints_NamesAllReadWriteOnes() => Assert.Equal(
        "postgresql://app@10.0.0.1:20004,10.0.0.2:20004/app?sslmode=require&channel_binding=require&connect_timeout=5&keepalives_idle=60&keepalives_interval=10&keepalives_count=6&target_session_attrs=read-write",
        ConnectionStrings.Uri(_spec, [new("read_write", "10.0.0.1", 20004), new("read_write", "10.0.0.2", 20004), new("read_only", "10.0.0.1", 20005)], null));

    [Fact]
    public void Uri_Ipv6_StandsInBrackets() => Assert.StartsWith(
        "postgresql://app@[2001:db8::1]:20004/", ConnectionStrings.Uri(_spec, [new("read_write", "2001:db8::1", 20004)], null), StringComparison.Ordinal);

    [Fact]
    public void Uri_Password_IsEscaped() => Assert.StartsWith(
        "postgresql://app:p%40ss%2F%3A%20%25@10.0.0.1:1/", ConnectionStrings.Uri(_spec, [new("read_write", "10.0.0.1", 1)], "p@ss/: %"), StringComparison.Ordinal);

    [Fact]
    public void Uri_OwnerAndDatabase_AreEscaped()
    {
        var uri = ConnectionStrings.Uri(_spec with { Owner = "a@b", Database = "c?d" }, [new("read_write", "10.0.0.1", 1)], null);

        Assert.Equal("postgresql://a%40b@10.0.0.1:1/c%3Fd?sslmode=require&channel_binding=require&connect_timeout=5&keepalives_idle=60&keepalives_interval=10&keepalives_count=6&target_session_attrs=read-write", uri);
    }

    [Fact]
    public void Uri_NoEndpoint_IsEmpty() => Assert.Equal("", ConnectionStrings.Uri(_spec, [new("read_only", "10.0.0.1", 1)], "secret"));
}
