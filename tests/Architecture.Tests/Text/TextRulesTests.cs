using Agents.Architecture.Tests.Sources;

namespace Agents.Architecture.Tests.Text;

/// <summary>What no text says, in the repository and in planted samples.</summary>
public sealed class TextRulesTests
{
    private const string Samples = "tests/Architecture.Tests/Text/";

    /// <summary>No file of text says any of it, but those of this rule.</summary>
    [Fact]
    public void Violations_Repository_AreNone() => Rules.AssertHolds(
        from path in Repository.Files()
        where !path.StartsWith(Samples, StringComparison.Ordinal) && !path.EndsWith(".snk", StringComparison.Ordinal) && !path.EndsWith(".binpb", StringComparison.Ordinal)
        from violation in TextRules.Violations(path, Repository.Read(path))
        select violation);

    /// <summary>Planted lines are found.</summary>
    [Theory]
    [InlineData("// TODO: later")]
    [InlineData("# FIXME")]
    [InlineData("see /work/main for it")]
    [InlineData("as issue 3 says")]
    [InlineData("fixes issue #12")]
    [InlineData("https://api.nuget.org/v3/index.json")]
    [InlineData("unpacked from ../shared/bin")]
    public void Violations_Planted_AreFound(string line) => Assert.Single(TextRules.Violations("src/X/A.cs", $"first\n{line}\n"));

    /// <summary>Words that only look alike are free.</summary>
    [Theory]
    [InlineData("src/X/A.cs", "a todo list; /usr/work/; ../work/x; issues are many")]
    [InlineData("test", "../shared/bin/unpack")]
    public void Violations_Harmless_AreNone(string path, string line) => Assert.Empty(TextRules.Violations(path, line));
}
