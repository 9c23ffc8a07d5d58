using Agents.Cli.Values;

namespace Agents.Cli.Tests.Values;

/// <summary>Labels as people write them.</summary>
public sealed class LabelTextTests
{
    [Fact]
    public void ParseChanges_SetAndRemove_EmptiesWhatIsRemoved()
    {
        var labels = LabelText.ParseChanges(["rack=a=b", "zone-"], "LABEL");

        Assert.Equal([new("rack", "a=b"), new("zone", "")], labels!);
    }

    [Fact]
    public void Parse_None_ReturnsNull() => Assert.Null(LabelText.Parse([], "--label"));

    [Theory]
    [InlineData("rack")]
    [InlineData("=a")]
    [InlineData("rack-")]
    public void Parse_NoLabel_SaysHowToWriteOne(string text)
    {
        var exception = Assert.Throws<WrongUseException>(() => LabelText.Parse([text], "--label"));

        Assert.Equal($"--label: \"{text}\" is no label: write key=value", exception.Message);
    }

    [Theory]
    [InlineData("rack=")]
    [InlineData("-")]
    public void ParseChanges_NoLabel_SaysHowToWriteOne(string text)
    {
        var exception = Assert.Throws<WrongUseException>(() => LabelText.ParseChanges([text], "LABEL"));

        Assert.EndsWith("write key=value, or key- to remove it", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_KeyTwice_IsRefused() => Assert.Throws<WrongUseException>(() => LabelText.Parse(["a=1", "a=2"], "--label"));
}
