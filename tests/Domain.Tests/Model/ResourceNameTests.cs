using Agents.Domain.Model;

namespace Agents.Domain.Tests.Model;

/// <summary>Names of resources are DNS labels.</summary>
public sealed class ResourceNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("demo")]
    [InlineData("demo-2")]
    [InlineData("a--b")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-0123456789-ab")]
    public void IsValid_DnsLabel_IsTrue(string name) => Assert.True(ResourceName.IsValid(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-demo")]
    [InlineData("demo-")]
    [InlineData("2demo")]
    [InlineData("Demo")]
    [InlineData("demo_1")]
    [InlineData("demo.1")]
    [InlineData("demo 1")]
    [InlineData("dämon")]
    [InlineData("demo\n")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-0123456789-abc")]
    public void IsValid_AnythingElse_IsFalse(string? name) => Assert.False(ResourceName.IsValid(name));
}
