using Agents.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Agents.Architecture.Tests.Style;

/// <summary>How files of code are laid out: one type per file, named as the file, in the namespace that is the folder's path; log messages in <c>Log.cs</c>.</summary>
internal static class CodeRules
{
    private static readonly Dictionary<string, string> Roots = new() { ["src"] = "Agents", ["tests"] = "Agents" };

    /// <summary>Files with more than one type at the top, or one that the file is not named after.</summary>
    public static IEnumerable<string> TypeViolations(SourceFile file)
    {
        var types = TopTypes(file.Syntax).ToList();
        if (types.Count > 1)
            yield return $"{file.Path} holds {types.Count} types: {string.Join(", ", types)}";
        var name = file.Name[..file.Name.IndexOf('.', StringComparison.Ordinal)];
        if (types.Count == 1 && types[0] != name)
            yield return $"{file.Path} holds the type {types[0]}";
    }

    /// <summary>Files whose namespace is not their folder's path. Programs without a namespace have none.</summary>
    public static IEnumerable<string> NamespaceViolations(SourceFile file)
    {
        var declared = file.Syntax.Members.OfType<BaseNamespaceDeclarationSyntax>().Select(each => each.Name.ToString()).ToList();
        var parts = file.Path.Split('/');
        if (declared.Count == 0 || !Roots.TryGetValue(parts[0], out var root))
            return [];

        var expected = string.Join('.', parts[1..^1].Prepend(root));
        return declared.Where(name => name != expected).Select(name => $"{file.Path} has the namespace {name} instead of {expected}");
    }

    /// <summary>Log messages outside of their folder's <c>Log.cs</c>.</summary>
    public static IEnumerable<string> LogViolations(SourceFile file) =>
        file.Name != "Log.cs" && file.Syntax.DescendantNodes().OfType<AttributeSyntax>().Any(each => each.Name.ToString() is "LoggerMessage" or "LoggerMessageAttribute")
            ? [$"{file.Path} has [LoggerMessage]: it belongs into the folder's Log.cs"]
            : [];

    /// <summary>Event ids that two log messages of one program share: whoever looks for one finds the other.</summary>
    public static IEnumerable<string> EventIdViolations(IEnumerable<SourceFile> files) =>
        from file in files
        from attribute in file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
        where attribute.Name.ToString() is "LoggerMessage" or "LoggerMessageAttribute"
        group file.Path by (Program: file.Path.Split('/')[1], Id: attribute.ArgumentList?.Arguments.FirstOrDefault()?.ToString()) into same
        where same.Count() > 1
        select $"event id {same.Key.Id} stands {same.Count()} times in {same.Key.Program}: {string.Join(", ", same.Distinct())}";

    /// <summary>Types without a documentation comment that says what they are for.</summary>
    public static IEnumerable<string> DocumentationViolations(SourceFile file) =>
        from type in Members(file.Syntax).Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
        where !type.GetLeadingTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia))
        select $"{file.Path} has a type without a /// comment";

    private static IEnumerable<string> TopTypes(CompilationUnitSyntax unit) => Members(unit).Select(member => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => "",
    }).Where(name => name.Length > 0);

    private static IEnumerable<MemberDeclarationSyntax> Members(CompilationUnitSyntax unit) =>
        unit.Members.SelectMany(member => member is BaseNamespaceDeclarationSyntax space ? space.Members : [member]);
}
