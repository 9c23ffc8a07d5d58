using Agents.Agent.Identity;

namespace Agents.Functional.Tests.Identity;

/// <summary>How administrators write a controller's address.</summary>
public sealed class ControllerAddressTests
{
    [Theory]
    [InlineData("controller.example:7000", "controller.example", 7000)]
    [InlineData("controller.example", "controller.example", 7443)]
    [InlineData("192.0.2.1:1", "192.0.2.1", 1)]
    [InlineData("[2001:db8::1]:7443", "2001:db8::1", 7443)]
    public void TryParse_Address_IsRead(string text, string host, int port)
    {
        Assert.True(ControllerAddress.TryParse(text, out var address));
        Assert.Equal(new ControllerAddress(host, port), address);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("host:70000")]
    [InlineData("host:0")]
    [InlineData("user@host")]
    [InlineData("host/path")]
    public void TryParse_SomethingElse_IsRefused(string? text) => Assert.False(ControllerAddress.TryParse(text, out _));

    [Fact]
    public void ToString_Ipv6_HasBrackets() => Assert.Equal("[2001:db8::1]:7443", new ControllerAddress("2001:db8::1", 7443).ToString());
}
