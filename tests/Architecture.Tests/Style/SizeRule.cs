using System.Globalization;
using Agents.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Agents.Architecture.Tests.Style;

/// <summary>
/// Files of 300 lines and methods of 60 at most. What is longer stands in a list with its length: it may get shorter, and then the list has to follow,
/// but nothing on it may grow and nothing new may come.
/// </summary>
internal static class SizeRule
{
    private const int FileLinesMax = 300;
    private const int MethodLinesMax = 60;

    /// <summary>What is too long, by name, with its length: <c>path</c> for files, <c>path:member</c> for methods.</summary>
    public static IReadOnlyDictionary<string, int> TooLong(IEnumerable<SourceFile> files) =>
        files.SelectMany(TooLong).GroupBy(each => each.Name).ToDictionary(same => same.Key, same => same.Max(each => each.Lines));

    /// <summary>Where the list and what is too long differ.</summary>
    public static IEnumerable<string> Violations(IReadOnlyDictionary<string, int> tooLong, IReadOnlyDictionary<string, int> listed)
    {
        foreach (var (name, lines) in tooLong)
        {
            if (!listed.TryGetValue(name, out var allowed))
                yield return $"{name} has {lines} lines";
            else if (lines != allowed)
                yield return $"{name} has {lines} lines; the list says {allowed}{(lines < allowed ? ": shorten the entry" : "")}";
        }

        foreach (var name in listed.Keys.Except(tooLong.Keys))
            yield return $"{name} is not too long any more: remove the entry";
    }

    /// <summary>Reads the list: a name and a length per line.</summary>
    public static IReadOnlyDictionary<string, int> Parse(string text) => text.Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' '))
        .ToDictionary(line => line[0], line => int.Parse(line[1], CultureInfo.InvariantCulture));

    private static IEnumerable<(string Name, int Lines)> TooLong(SourceFile file)
    {
        if (file.Lines > FileLinesMax)
            yield return (file.Path, file.Lines);
        foreach (var method in file.Syntax.DescendantNodes().OfType<BaseMethodDeclarationSyntax>())
        {
            var span = method.GetLocation().GetLineSpan();
            var lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
            if (lines > MethodLinesMax)
                yield return ($"{file.Path}:{Name(method)}", lines);
        }
    }

    private static string Name(BaseMethodDeclarationSyntax method) => method switch
    {
        MethodDeclarationSyntax named => named.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        _ => method.Kind().ToString(),
    };

    private static Microsoft.CodeAnalysis.CSharp.SyntaxKind Kind(this SyntaxNode node) => (Microsoft.CodeAnalysis.CSharp.SyntaxKind)node.RawKind;
}
