using Agents.Domain.Engines.Patroni;
using Agents.Domain.Health;

namespace Agents.Domain.Tests.Engines;

/// <summary>Who has led, as Patroni writes it down.</summary>
public sealed class PatroniHistoryTests
{
    [Fact]
    public void Parse_WhatPatroniWrites_IsReadInTheOrderOfTimelines()
    {
        const string text = """
            [[2, 25769803960, "no recovery target specified", "2026-11-26T20:00:01.5+01:00", "demo-1"],
             [1, 83886176, "no recovery target specified", "2026-11-26T18:00:01.123456+00:00", "demo-2"]]
            """;

        Assert.Equal(
            [
                new LeadChange(2, "0/5000060", new DateTimeOffset(2026, 11, 26, 18, 0, 1, TimeSpan.Zero).AddTicks(1_234_560), "demo-2"),
                new LeadChange(3, "6/B8", new DateTimeOffset(2026, 11, 26, 19, 0, 1, 500, TimeSpan.Zero), "demo-1"),
            ],
            PatroniHistory.Parse(text)!.Value.AsEnumerable());
    }

    [Theory]
    [InlineData("""[[1, 83886176, "no recovery target specified"]]""", "")]
    [InlineData("""[[1, 83886176, "", 5, {}]]""", "")]
    [InlineData("""[[1, 83886176, "", "yesterday", "demo-1\u001b[2J"]]""", "")]
    [InlineData("""[[1, 83886176, "", "yesterday", "demo-1\n"]]""", "")]
    [InlineData("""[[1, 83886176, "", "yesterday", "demo-2"]]""", "demo-2")]
    public void Parse_WhatIsMissingOrMakesNoSense_IsNotKnown(string text, string leader) => Assert.Equal([new LeadChange(2, "0/5000060", null, leader)], PatroniHistory.Parse(text)!.Value.AsEnumerable());

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""[[1,83886176,"","\ud800","demo-2"]]""")]
    public void Parse_WhatIsNoList_IsNull(string text) => Assert.Null(PatroniHistory.Parse(text));

    [Fact]
    public void Parse_LinesThatSayNothing_AreLeftOut() => Assert.Empty(PatroniHistory.Parse("""[1,[],[1],["1",2],[0,1],[2147483647,1],[1,-1],[1,1.5],null]""")!.Value);

    [Fact]
    public void Parse_OneTimelineTwice_IsOnce() => Assert.Equal([new LeadChange(2, "0/1", null, "a-1")], PatroniHistory.Parse("""[[1,1,"","","a-1"],[1,2,"","","a-2"]]""")!.Value.AsEnumerable());

    [Fact]
    public void Parse_VeryLong_KeepsTheLast()
    {
        var changes = PatroniHistory.Parse($"[{string.Join(',', Enumerable.Range(1, 1000).Select(timeline => $"[{timeline},1]"))}]")!.Value;

        Assert.Equal((PatroniHistory.CountMax, 1001), (changes.Length, changes[^1].Timeline));
    }
}
