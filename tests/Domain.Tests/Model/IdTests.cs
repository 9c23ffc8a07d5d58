using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Domain.Tests.Model;

/// <summary>Ids read and write one text form, and an instance's is derived.</summary>
public sealed class IdTests
{
    private const string Text = "0a1b2c3d-4e5f-4a6b-8c7d-8e9f0a1b2c3d";

    [Fact]
    public void ToString_AnyId_IsWhatParseReads()
    {
        Assert.Equal(Text, ClusterId.Parse(Text).ToString());
        Assert.Equal(Text, HostId.Parse(Text).ToString());
        Assert.Equal(Text, InstanceId.Parse(Text).ToString());
        Assert.Equal(Text, OperationId.Parse(Text).ToString());
    }

    [Fact]
    public void TryParse_TextForm_IsTheId()
    {
        Assert.True(ClusterId.TryParse(Text, out var cluster));
        Assert.True(HostId.TryParse(Text, out var host));
        Assert.True(InstanceId.TryParse(Text, out var instance));
        Assert.True(OperationId.TryParse(Text, out var operation));

        Assert.Equal([Text, Text, Text, Text], [cluster.ToString(), host.ToString(), instance.ToString(), operation.ToString()]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("demo")]
    [InlineData("0a1b2c3d4e5f4a6b8c7d8e9f0a1b2c3d")]
    [InlineData("{0a1b2c3d-4e5f-4a6b-8c7d-8e9f0a1b2c3d}")]
    public void TryParse_AnythingElse_IsFalse(string? text)
    {
        Assert.False(ClusterId.TryParse(text, out _));
        Assert.False(HostId.TryParse(text, out _));
        Assert.False(InstanceId.TryParse(text, out _));
        Assert.False(OperationId.TryParse(text, out _));
    }

    [Fact]
    public void Derive_SameArguments_SameIdOfVersionEight()
    {
        var cluster = ResourceRef.Of(ClusterId.Parse(Text));

        var id = InstanceId.Derive(cluster, InstanceKind.Etcd, 4);

        Assert.Equal(id, InstanceId.Derive(cluster, InstanceKind.Etcd, 4));
        Assert.Equal('8', id.ToString()[14]);
        Assert.Contains(id.ToString()[19], "89ab");
    }

    [Fact]
    public void Derive_ClusterKindOrOrdinalDiffers_AnotherId()
    {
        var other = ResourceRef.Of(ClusterId.Parse("00000000-0000-4000-8000-000000000001"));
        var ids =
            from cluster in new[] { ResourceRef.Of(ClusterId.Parse(Text)), other }
            from kind in Enum.GetValues<InstanceKind>()
            from ordinal in Enumerable.Range(1, 20)
            select InstanceId.Derive(cluster, kind, ordinal);

        Assert.Equal(120, ids.Distinct().Count());
    }

    /// <summary>The derivation is for ever: containers on hosts carry what it gave.</summary>
    [Fact]
    public void Derive_KnownArguments_KnownId() =>
        Assert.Equal("e6701d11-c039-80ad-9644-99487af7a1ba", InstanceId.Derive(ResourceRef.Of(ClusterId.Parse(Text)), InstanceKind.Postgres, 1).ToString());
}
