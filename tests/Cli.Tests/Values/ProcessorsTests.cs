using Agents.Cli.Values;

namespace Agents.Cli.Tests.Values;

/// <summary>Shares of processors as people write them.</summary>
public sealed class ProcessorsTests
{
    [Theory]
    [InlineData("2", 2000)]
    [InlineData("1.5", 1500)]
    [InlineData("0.25", 250)]
    public void TryParse_Share_ReturnsThousandths(string text, long milli)
    {
        Assert.True(Processors.TryParse(text, out var read));
        Assert.Equal(milli, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("0.0001")]
    [InlineData("20000")]
    [InlineData("two")]
    public void TryParse_NoShare_ReturnsFalse(string text) => Assert.False(Processors.TryParse(text, out _));
}
