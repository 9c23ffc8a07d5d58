using Agents.Domain.Model;

namespace Agents.Domain.Tests.Model;

/// <summary>Names of resources are DNS labels, and no ids.</summary>
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

    [Fact]
    public void IsValid_Id_IsFalse()
    {
        const string id = "abcdef01-2345-6789-abcd-ef0123456789";

        Assert.True(ClusterId.TryParse(id, out _)); // So it would be looked for as an id, and the resource of that name never found.
        Assert.False(ResourceName.IsValid(id));
        Assert.True(ResourceName.IsValid(id.Replace('-', 'x')));
    }
}
