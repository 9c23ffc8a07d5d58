using System.Text.RegularExpressions;
using Agents.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Agents.Architecture.Tests.Text;

/// <summary>The page of faults: each row of its tables ends with the tests that hold the fault off, and those are there.</summary>
internal static partial class FaultsPage
{
    private const int Columns = 3;

    /// <summary>The tests of these files, as <c>Class.Method</c>.</summary>
    public static IReadOnlySet<string> Tests(IEnumerable<SourceFile> files) => files
        .SelectMany(file => file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>())
        .Where(method => method.AttributeLists.Count > 0 && method.Parent is TypeDeclarationSyntax)
        .Select(method => $"{((TypeDeclarationSyntax)method.Parent!).Identifier.Text}.{method.Identifier.Text}").ToHashSet();

    /// <summary>Rows that name no test, and names that no test has.</summary>
    public static IEnumerable<string> MissingTests(string page, IReadOnlySet<string> tests)
    {
        foreach (var (number, line) in page.Split('\n').Index())
        {
            if (!line.StartsWith("| ", StringComparison.Ordinal) || line.StartsWith("| fault |", StringComparison.Ordinal))
                continue;
            var cells = line.Trim().Trim('|').Split(" | ");
            var names = cells.Length == Columns ? Names(cells[^1]) : [];
            if (names.Count == 0)
                yield return $"{number + 1}: a row is: fault | what is right | `Class.Method`, `.AnotherOfThatClass`";
            foreach (var name in names.Where(name => !tests.Contains(name)))
                yield return $"{number + 1}: there is no test {name}";
        }
    }

    /// <summary>The names between backticks. One that begins with a dot is of the class of the one before it.</summary>
    private static List<string> Names(string cell)
    {
        var names = new List<string>();
        foreach (var name in Name().Matches(cell).Select(match => match.Groups[1].Value))
            names.Add(name.StartsWith('.') && names.Count > 0 ? names[^1].Split('.')[0] + name : name);
        return names;
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
