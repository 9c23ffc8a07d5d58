using System.Globalization;

namespace Agents.Report;

/// <summary>The coverage of every assembly and of all together, against the marks.</summary>
internal sealed class CoverageTable(IReadOnlyList<AssemblyCoverage> assemblies)
{
    private const double DomainMark = 95;
    private const double AllMark = 90;
    private const string DomainName = "Agents.Domain";

    /// <summary>Whether what was measured reaches the marks. Nothing measured reaches nothing.</summary>
    public bool ReachesMarks => assemblies.Count > 0 && All.Percent >= AllMark && assemblies.All(each => each.Name != DomainName || each.Percent >= DomainMark);

    private AssemblyCoverage All => new("all, without generated code", assemblies.Sum(each => each.Covered), assemblies.Sum(each => each.Total));

    /// <summary>Writes the table, Domain first and all last.</summary>
    public void Write(TextWriter writer)
    {
        writer.WriteLine("coverage (lines):");
        foreach (var each in assemblies.OrderBy(each => each.Name != DomainName).ThenBy(each => each.Name, StringComparer.Ordinal))
            WriteRow(writer, each, each.Name == DomainName ? DomainMark : null);
        WriteRow(writer, All, AllMark);
    }

    private static void WriteRow(TextWriter writer, AssemblyCoverage each, double? mark)
    {
        var verdict = mark is null ? "" : each.Percent >= mark ? $"  mark {mark} %" : $"  BELOW the mark of {mark} %";
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {each.Name,-30} {each.Percent,5:0.0} %  {each.Covered,6} of {each.Total,6}{verdict}"));
    }
}
