using Agents.Report;
using Agents.Testing;

namespace Agents.Architecture.Tests.Reports;

/// <summary>Coverage of several runs is united and held against its marks.</summary>
public sealed class CoverageTests
{
    /// <summary>A line that any run reached is covered.</summary>
    [Fact]
    public void Read_TwoRuns_AreUnited()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.File("a"));
        Directory.CreateDirectory(folder.File("b"));
        File.WriteAllText(folder.File("a/coverage.json"), """{"X.dll":{"/f.cs":{"T":{"M()":{"Lines":{"1":1,"2":0,"3":0},"Branches":[]}}}}}""");
        File.WriteAllText(folder.File("b/coverage.json"), """{"X.dll":{"/f.cs":{"T":{"M()":{"Lines":{"1":0,"2":5,"3":0},"Branches":[]}}}}}""");

        Assert.Equal([new AssemblyCoverage("X", 2, 3)], CoverageReader.Read(folder.Path));
    }

    /// <summary>Both marks have to be reached, and nothing measured reaches none.</summary>
    [Theory]
    [InlineData(95, 100, true)]
    [InlineData(94, 100, false)]
    [InlineData(100, 70, false)]
    public void ReachesMarks_DomainAndAll_BothCount(int domain, int other, bool expected) =>
        Assert.Equal(expected, new CoverageTable([new("Agents.Domain", domain, 100), new("Agents.Agent", other, 100)]).ReachesMarks);

    /// <summary>Nothing measured.</summary>
    [Fact]
    public void ReachesMarks_Nothing_IsFalse() => Assert.False(new CoverageTable([]).ReachesMarks);
}
