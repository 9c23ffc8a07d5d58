using System.Globalization;
using System.Text.RegularExpressions;
using Agents.Architecture.Tests.Sources;

namespace Agents.Architecture.Tests.Imports;

/// <summary>ARCHITECTURE.md says what is: its table is the one that the tests hold the sources to, and the files that it names are there.</summary>
public sealed partial class ArchitecturePageTests
{
    private static string Page => Repository.Read("ARCHITECTURE.md");

    /// <summary>The table of the page equals the data file.</summary>
    [Fact]
    public void Table_Page_EqualsTheDataFile()
    {
        var expected = string.Concat(ImportRuleTests.Table.Rows.Select(row => $"| `{row.Key}` | {Cell(row.Value)} |\n"));

        Assert.Contains($"| folder | may import |\n|---|---|\n{expected}\n", Page, StringComparison.Ordinal);
    }

    /// <summary>No named file is missing.</summary>
    [Fact]
    public void NamedFiles_Page_AreThere() => Rules.AssertHolds(
        from row in NamedFiles().Matches(Page)
        from name in row.Groups["files"].Value.Split(", ").Select(each => each.Trim('`').TrimEnd('/'))
        let path = Path.Combine(Repository.Root, row.Groups["folder"].Value, name)
        let known = File.Exists(path) || Directory.Exists(path) || File.Exists(Path.Combine(Repository.Root, name))
        where !known
        select $"{row.Groups["folder"].Value}/{name} is not there");

    /// <summary>What the checklists name is there: a path, or a file of the sources by its name alone.</summary>
    [Fact]
    public void Checklists_Page_NameWhatIsThere()
    {
        var list = Page[Page.IndexOf("## To add something", StringComparison.Ordinal)..];
        var sources = Repository.Files(".cs").Select(path => Path.GetFileName(path)).ToHashSet();

        Rules.AssertHolds(
            from Match name in CodeSpans().Matches(list)
            let text = name.Groups["text"].Value
            let path = Path.Combine(Repository.Root, text)
            where text.Contains('/', StringComparison.Ordinal) ? !File.Exists(path) && !Directory.Exists(path) : text.EndsWith(".cs", StringComparison.Ordinal) && !sources.Contains(text)
            select $"{text} is not there");
    }

    /// <summary>What a checklist counts is what it names: files of the programs, up to what it says besides.</summary>
    [Theory]
    [InlineData("**A field of a cluster's spec** (6, or 7")]
    [InlineData("**A verb on a cluster** (7, or 9")]
    [InlineData("**A kind of instance** (5, or 7")]
    public void Checklists_Page_CountTheFilesThatTheyName(string head)
    {
        var list = Page[Page.IndexOf(head, StringComparison.Ordinal)..];
        var counted = list[..list.IndexOf(" Besides,", StringComparison.Ordinal)];

        var files = CodeSpans().Matches(counted).Select(span => span.Groups["text"].Value.Split('/')[^1]).Where(name => name.EndsWith(".cs", StringComparison.Ordinal) || name.EndsWith(".proto", StringComparison.Ordinal));

        Assert.Equal(head[^1..], files.Distinct().Count().ToString(CultureInfo.InvariantCulture));
    }

    private static string Cell(IReadOnlyList<string> allowed) =>
        allowed.Count == 0 ? "—" : string.Join(", ", allowed.Select(each => each == "*" ? "everything" : $"`{each}`"));

    [GeneratedRegex(@"^\| [^|`]+ \| `(?<folder>[^`]+)` \| (?<files>`[^|]+`) \|$", RegexOptions.Multiline)]
    private static partial Regex NamedFiles();

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex CodeSpans();
}
