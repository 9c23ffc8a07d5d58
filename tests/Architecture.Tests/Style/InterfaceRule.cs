using Agents.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Agents.Architecture.Tests.Style;

/// <summary>
/// An interface stands where there is a choice: two implementations, or one and a fake of the tests. What has one implementation alone is named by its class. An interface that
/// turns an import around, or waits for a second implementation that is decided on, is excepted with the reason.
/// </summary>
internal static class InterfaceRule
{
    private static readonly Dictionary<string, string> _exceptions = new()
    {
        ["IEngine"] = "an engine is a folder beside others",
        ["IEngineDriver"] = "an engine is a folder beside others",
        ["ISessionWatch"] = "who observes a host does not import the engines, each of which has one",
    };

    /// <summary>The interfaces of the product that have fewer than two implementations, and the exceptions that are of no use.</summary>
    public static IEnumerable<string> Violations(IReadOnlyCollection<SourceFile> files)
    {
        var declared = files.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(file => file.Syntax.DescendantNodes().OfType<InterfaceDeclarationSyntax>().Select(type => (Name: type.Identifier.Text, file.Path)))
            .DistinctBy(type => type.Name).ToList();
        var implementations = files.SelectMany(file => file.Syntax.DescendantNodes().OfType<BaseTypeSyntax>()).Select(type => NameOf(type.Type)).CountBy(name => name).ToDictionary();
        var lonely = declared.Where(type => implementations.GetValueOrDefault(type.Name) < 2).ToList();
        return lonely.Where(type => !_exceptions.ContainsKey(type.Name)).Select(type => $"{type.Path} has one implementation and no fake: name the class")
            .Concat(_exceptions.Keys.Where(name => declared.Exists(type => type.Name == name) && !lonely.Exists(type => type.Name == name)).Select(name => $"{name} is excepted and has two implementations"));
    }

    private static string NameOf(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        _ => type.ToString(),
    };
}
