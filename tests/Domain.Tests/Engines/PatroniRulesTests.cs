using Agents.Domain.Engines.Patroni;

namespace Agents.Domain.Tests.Engines;

/// <summary>What Patroni writes down of how far its primary is.</summary>
public sealed class PatroniRulesTests
{
    [Theory]
    [InlineData("""{"optime":67109288,"slots":{"a_2":67109288}}""", 67109288)]
    [InlineData("""{"optime":"67109288"}""", 0)]
    [InlineData("67109288", 0)]
    [InlineData("{", 0)]
    [InlineData("", 0)]
    public void PositionOf_Text(string text, long expected) => Assert.Equal(expected, PatroniRules.PositionOf(text));
}
