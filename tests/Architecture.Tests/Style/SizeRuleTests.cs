using Agents.Architecture.Tests.Sources;

namespace Agents.Architecture.Tests.Style;

/// <summary>The length of files and methods, in the repository and in planted samples.</summary>
public sealed class SizeRuleTests
{
    private const int ListedMax = 1;

    private static IReadOnlyDictionary<string, int> Listed => SizeRule.Parse(Repository.Read("tests/Architecture.Tests/long.txt"));

    /// <summary>Nothing is longer than it may be.</summary>
    [Fact]
    public void Violations_Repository_AreNone() => Rules.AssertHolds(SizeRule.Violations(SizeRule.TooLong(Repository.Code), Listed));

    /// <summary>The list only gets shorter: lower this number with it.</summary>
    [Fact]
    public void Listed_Entries_AreNotMoreThanThereWere() => Assert.True(Listed.Count <= ListedMax);

    /// <summary>A long file and a long method are found.</summary>
    [Fact]
    public void TooLong_Planted_AreFound()
    {
        var file = new SourceFile("src/X/A.cs", $"class A\n{{\n    void B()\n    {{{new string('\n', 57)}    }}\n\n    void C()\n    {{{new string('\n', 300)}    }}\n}}\n");

        var found = SizeRule.TooLong([file]);

        Assert.Equal(new Dictionary<string, int> { ["src/X/A.cs"] = 365, ["src/X/A.cs:C"] = 302 }, found);
    }

    /// <summary>What is new, has grown, has shrunk or is gone is found; what is listed as it is, is not.</summary>
    [Fact]
    public void Violations_AnyDifference_IsFound()
    {
        var tooLong = new Dictionary<string, int> { ["new"] = 301, ["grown"] = 302, ["shrunk"] = 303, ["same"] = 304 };
        var listed = SizeRule.Parse("# why\ngrown 301\nshrunk 305\nsame 304\ngone 400\n");

        var violations = SizeRule.Violations(tooLong, listed).ToList();

        Assert.Equal(4, violations.Count);
        Assert.DoesNotContain(violations, each => each.StartsWith("same", StringComparison.Ordinal));
    }
}
