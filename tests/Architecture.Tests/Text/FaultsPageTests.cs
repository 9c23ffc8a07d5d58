using Agents.Architecture.Tests.Sources;

namespace Agents.Architecture.Tests.Text;

/// <summary>The page of faults names tests that are there, in the repository and in planted samples.</summary>
public sealed class FaultsPageTests
{
    /// <summary>Every test that the page names is there.</summary>
    [Fact]
    public void MissingTests_Repository_AreNone() => Rules.AssertHolds(FaultsPage.MissingTests(
        Repository.Read("docs/faults.md"), FaultsPage.Tests(Repository.Code.Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal)))).Select(line => $"docs/faults.md:{line}"));

    /// <summary>A name without a test, and a row without a name, are found.</summary>
    [Theory]
    [InlineData("| it broke | it holds | `ATests.Holds` |", 0)]
    [InlineData("| it broke | it holds | `ATests.Holds`, `ATests.Gone` |", 1)]
    [InlineData("| it broke | it holds | `ATests.Holds`, `.Gone` |", 1)]
    [InlineData("| it broke | it holds | `ATests.Holds`, `.Holds` |", 0)]
    [InlineData("| it broke | it holds | by hand |", 1)]
    [InlineData("| it broke | `ATests.Holds` |", 1)]
    [InlineData("| it broke | it holds | `ATests.Helper` |", 1)]
    [InlineData("|---|---|---|", 0)]
    public void MissingTests_Planted_AreFound(string row, int count)
    {
        var tests = FaultsPage.Tests([new SourceFile("tests/A.Tests/ATests.cs", "public class ATests { [Fact] public void Holds() { } void Helper() { } }")]);

        Assert.Equal(count, FaultsPage.MissingTests(row, tests).Count());
    }
}
