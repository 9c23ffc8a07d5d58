using Grpc.Core;

namespace Agents.Compat.Tests.Api;

/// <summary>Who the peer is.</summary>
public sealed class AuthContextTests
{
    private static readonly AuthProperty Name = AuthProperty.Create("name", "bob"u8.ToArray());
    private static readonly AuthProperty Other = AuthProperty.Create("other", [1, 2]);

    [Fact]
    public void Authenticated_Identity_IsItsNamedProperties()
    {
        var context = new AuthContext("name", new() { ["name"] = [Name], ["other"] = [Other] });

        Assert.True(context.IsPeerAuthenticated);
        Assert.Equal("name", context.PeerIdentityPropertyName);
        Assert.Equal([Name], context.PeerIdentity);
        Assert.Equal([Name, Other], context.Properties);
        Assert.Equal([Other], context.FindPropertiesByName("other"));
        Assert.Empty(context.FindPropertiesByName("none"));
    }

    [Fact]
    public void NotAuthenticated_Identity_IsEmpty()
    {
        var context = new AuthContext(null, new() { ["other"] = [Other] });

        Assert.False(context.IsPeerAuthenticated);
        Assert.Empty(context.PeerIdentity);
    }

    [Fact]
    public void Property_Value_IsReadAsTextAndCopied()
    {
        byte[] bytes = [1, 2];
        var property = AuthProperty.Create("bytes", bytes);

        bytes[0] = 9;
        property.ValueBytes[1] = 9;

        Assert.Equal("bob", Name.Value);
        Assert.Equal("bytes", property.Name);
        Assert.Equal([1, 2], property.ValueBytes);
    }

    [Fact]
    public void InterceptorContext_WithoutToken_IsNeverCancelled()
    {
        var context = new AuthInterceptorContext("https://host/pkg.Service", "Do");

        Assert.Equal(("https://host/pkg.Service", "Do"), (context.ServiceUrl, context.MethodName));
        Assert.False(context.CancellationToken.CanBeCanceled);
    }

    [Fact]
    public void InterceptorContext_WithToken_KeepsIt()
    {
        using var source = new CancellationTokenSource();

        Assert.Equal(source.Token, new AuthInterceptorContext("url", "Do", source.Token).CancellationToken);
    }
}
