using Agents.Cli.Values;

namespace Agents.Cli.Tests.Values;

/// <summary>Spans of time as people write and read them.</summary>
public sealed class SpanTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("1h30m", 5400)]
    [InlineData("1d", 86400)]
    public void TryParse_Span_ReturnsIt(string text, int seconds)
    {
        Assert.True(Span.TryParse(text, out var span));
        Assert.Equal(seconds, span.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("m")]
    [InlineData("30m1h")]
    [InlineData("1h1h")]
    [InlineData("5x")]
    [InlineData("9999999s")]
    public void TryParse_NoSpan_ReturnsFalse(string text) => Assert.False(Span.TryParse(text, out _));

    [Theory]
    [InlineData(-5, "0s")]
    [InlineData(59, "59s")]
    [InlineData(720, "12m")]
    [InlineData(11520, "3h12m")]
    [InlineData(356400, "4d3h")]
    public void ShowAge_Span_IsShort(int seconds, string text) => Assert.Equal(text, Span.ShowAge(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.44, "0.4 s")]
    [InlineData(125.4, "125 s")]
    public void ShowSeconds_Seconds_HasTheUnit(double seconds, string text) => Assert.Equal(text, Span.ShowSeconds(seconds));
}
