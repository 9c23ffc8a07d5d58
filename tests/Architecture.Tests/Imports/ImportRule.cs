using Agents.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Agents.Architecture.Tests.Imports;

/// <summary>Code imports only what the table allows, whether by <c>using</c> or by a qualified name, and every folder is in the table.</summary>
internal static class ImportRule
{
    /// <summary>What breaks the rule.</summary>
    public static IEnumerable<string> Violations(IReadOnlyList<SourceFile> files, ImportTable table)
    {
        var names = new FolderNames(files.Select(file => file.Folder).SelectMany(WithParents).Append("Contracts"));
        var unlisted = files.Select(file => file.Folder).Distinct().Where(folder => table.EntryOf(folder) is null)
            .Select(folder => $"src/{folder} is not in the import table");
        var imports = from file in files
                      from import in Imports(file, names).Distinct()
                      where !table.Allows(file.Folder, import)
                      select $"{file.Path} imports {import}";
        var global = from file in files
                     from import in file.Syntax.Usings
                     where import.GlobalKeyword.ValueText.Length > 0 && names.Find(import.NamespaceOrType.ToString()) is not null
                     select $"{file.Path} imports {import.NamespaceOrType} for every folder of its project";
        return unlisted.Concat(imports).Concat(global);
    }

    private static IEnumerable<string> Imports(SourceFile file, FolderNames names)
    {
        foreach (var node in file.Syntax.DescendantNodes())
        {
            var folder = node switch
            {
                UsingDirectiveSyntax import => names.Find(import.NamespaceOrType.ToString()),
                QualifiedNameSyntax { Parent: not QualifiedNameSyntax and not BaseNamespaceDeclarationSyntax } name => Find(file, names, name.ToString()),
                MemberAccessExpressionSyntax { Parent: not MemberAccessExpressionSyntax } member => Find(file, names, member.ToString()),
                _ => null,
            };
            if (folder is not null)
                yield return folder;
        }
    }

    private static string? Find(SourceFile file, FolderNames names, string name)
    {
        var plain = name.StartsWith("global::", StringComparison.Ordinal) ? name["global::".Length..] : name;
        return names.Find(plain) ?? names.FindRelative(file.Folder, plain);
    }

    private static IEnumerable<string> WithParents(string folder)
    {
        for (var each = folder; each.Length > 0; each = each.LastIndexOf('/') is var end and >= 0 ? each[..end] : "")
            yield return each;
    }
}
