using System.Text.Json;
using Agents.Architecture.Tests.Sources;

namespace Agents.Architecture.Tests.Projects;

/// <summary>Every package is used, in the repository and in planted samples.</summary>
public sealed class PackageRuleTests
{
    private const string Assets = """
        {
          "targets": {
            "net10.0": {
              "Whole/1.0.0": { "compile": { "lib/net10.0/_._": {} }, "dependencies": { "Part": "1.0.0" } },
              "Part/1.0.0": { "compile": { "lib/net10.0/Part.Core.dll": {} } }
            }
          }
        }
        """;

    /// <summary>No project refers to a package in vain.</summary>
    [Fact]
    public void Unused_Repository_AreNone() => Rules.AssertHolds(Repository.Files(".csproj").SelectMany(PackageRule.Unused));

    /// <summary>No version is listed in vain.</summary>
    [Fact]
    public void Unreferenced_Repository_AreNone() => Rules.AssertHolds(PackageRule.Unreferenced(Repository.Read("Directory.Packages.props"), Repository.Files(".csproj").Select(Repository.Read)));

    /// <summary>No exception is listed in vain.</summary>
    [Fact]
    public void UsedOtherwise_Repository_AreListed() => Assert.All(PackageRule.UsedOtherwise.Keys, package => Assert.Contains($"\"{package}\"", Repository.Read("Directory.Packages.props"), StringComparison.Ordinal));

    /// <summary>A package counts as used by its own assemblies and, without any, by those that it brings.</summary>
    [Theory]
    [InlineData("Part", "Part.Core", 0)]
    [InlineData("Whole", "Part.Core", 0)]
    [InlineData("Whole", "Other", 1)]
    [InlineData("Grpc.Tools", "Other", 0)]
    public void Unused_Planted_AreFound(string package, string used, int count)
    {
        using var assets = JsonDocument.Parse(Assets);

        Assert.Equal(count, PackageRule.Unused("src/A/A.csproj", [package], assets.RootElement, new HashSet<string> { used }).Count());
    }

    /// <summary>A version without a reference is found.</summary>
    [Fact]
    public void Unreferenced_Planted_IsFound() => Assert.Equal(
        ["Directory.Packages.props lists B, and no project refers to it"],
        PackageRule.Unreferenced("""<Project><PackageVersion Include="A" /><PackageVersion Include="B" /></Project>""", ["""<Project><PackageReference Include="A" /></Project>"""]));
}
