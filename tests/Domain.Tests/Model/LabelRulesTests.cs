using System.Globalization;
using Agents.Domain.Model;

namespace Agents.Domain.Tests.Model;

/// <summary>The rules for users' labels.</summary>
public sealed class LabelRulesTests
{
    [Fact]
    public void Check_UsualLabels_AreRight() =>
        Assert.Empty(LabelRules.Check("labels", [new("zone", "a"), new("example.com/team_1-x", ""), new(new string('k', 63), new string('v', 255))]));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ö")]
    [InlineData("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk")]
    public void Check_Key_HasAForm(string key) => Assert.Equal(
        [new Violation($"labels.{key}", "a label's key has 1 to 63 letters, digits, '.', '_', '-' or '/'")], LabelRules.Check("labels", [new(key, "x")]));

    [Fact]
    public void Check_KeyOfOurOwn_IsWrong() => Assert.Equal(
        [new Violation("labels.agents.kind", "keys that begin with \"agents.\" are our own: choose another")], LabelRules.Check("labels", [new("agents.kind", "x")]));

    [Fact]
    public void Check_Value_IsShortAndPlain()
    {
        var expected = new[] { new Violation("labels.a", "a label's value has at most 255 characters and no control characters") };

        Assert.Equal(expected, LabelRules.Check("labels", [new("a", new string('v', 256))]));
        Assert.Equal(expected, LabelRules.Check("labels", [new("a", "two\nlines")]));
    }

    [Fact]
    public void Check_TooMany_AreSaidOnce()
    {
        var labels = Enumerable.Range(0, 70).Select(number => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"k{number}"), "v")).ToList();

        Assert.Empty(LabelRules.Check("labels", labels.Take(LabelRules.CountMax)));
        Assert.Equal([new Violation("labels", "use at most 64 labels")], LabelRules.Check("labels", labels));
    }
}
