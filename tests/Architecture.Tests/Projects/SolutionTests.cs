using Agents.Architecture.Tests.Sources;

namespace Agents.Architecture.Tests.Projects;

/// <summary>The solution holds every project: what is not in it is neither built nor tested.</summary>
public sealed class SolutionTests
{
    /// <summary>No project is missing.</summary>
    [Fact]
    public void Missing_Repository_AreNone() => Rules.AssertHolds(Missing(Repository.Files(".csproj"), Repository.Read("Agents.sln")));

    /// <summary>A missing project is found.</summary>
    [Fact]
    public void Missing_Planted_IsFound() => Assert.Equal(["src/B/B.csproj is not in Agents.sln"], Missing(["src/A/A.csproj", "src/B/B.csproj"], """ "A", "src\A\A.csproj" """));

    /// <summary>The repository's own code is what the other tests read.</summary>
    [Fact]
    public void Code_Repository_IsThere() => Assert.True(Repository.ProductCode.Count() > 100);

    private static IEnumerable<string> Missing(IEnumerable<string> projects, string solution) =>
        projects.Where(path => !solution.Contains($"\"{path.Replace('/', '\\')}\"", StringComparison.Ordinal)).Select(path => $"{path} is not in Agents.sln");
}
