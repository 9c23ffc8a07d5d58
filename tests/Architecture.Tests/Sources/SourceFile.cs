using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Agents.Architecture.Tests.Sources;

/// <summary>One C# file: its path from the repository's root, with slashes, and its syntax.</summary>
internal sealed class SourceFile(string path, string text)
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);
    private readonly Lazy<CompilationUnitSyntax> _syntax = new(() => CSharpSyntaxTree.ParseText(text, Options).GetCompilationUnitRoot());

    /// <summary>The path, as in <c>src/Domain/Model/Host.cs</c>.</summary>
    public string Path { get; } = path;

    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>The file's name without its folder.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The folder below <c>src</c>, as in <c>Domain/Model</c>; below the root for others.</summary>
    public string Folder => (Path.StartsWith("src/", StringComparison.Ordinal) ? Path["src/".Length..] : Path) is var below && below.LastIndexOf('/') is var end and >= 0
        ? below[..end]
        : "";

    /// <summary>How many lines it has.</summary>
    public int Lines => Text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    /// <summary>The parsed file.</summary>
    public CompilationUnitSyntax Syntax => _syntax.Value;
}
