using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Testing;

namespace Agents.Domain.Tests.Model;

/// <summary>An image set names one image for each kind.</summary>
public sealed class ImageSetTests
{
    [Theory]
    [InlineData(InstanceKind.Postgres, "agents/postgres:17-1")]
    [InlineData(InstanceKind.Etcd, "agents/etcd:17-1")]
    [InlineData(InstanceKind.Haproxy, "agents/haproxy:17-1")]
    public void Find_Kind_IsItsImage(InstanceKind kind, string reference) => Assert.Equal(reference, A.ImageSet().Find(kind)?.Reference);

    [Fact]
    public void Find_KindWithoutImage_IsNull() => Assert.Null(new ImageSet("empty", []).Find(InstanceKind.Etcd));
}
