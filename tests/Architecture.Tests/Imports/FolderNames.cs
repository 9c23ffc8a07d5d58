namespace Agents.Architecture.Tests.Imports;

/// <summary>Finds the folder that a name in code belongs to: a namespace is a folder's path.</summary>
internal sealed class FolderNames(IEnumerable<string> folders)
{
    private readonly HashSet<string> _folders = [.. folders];

    /// <summary>The folder of a fully qualified name, or null when it is none of ours.</summary>
    public string? Find(string name)
    {
        if (name == "Agents.V1" || name.StartsWith("Agents.V1.", StringComparison.Ordinal))
            return "Contracts";
        if (!name.StartsWith("Agents.", StringComparison.Ordinal))
            return null;

        for (var folder = name["Agents.".Length..].Replace('.', '/'); folder.Length > 0; folder = Parent(folder))
        {
            if (_folders.Contains(folder))
                return folder;
        }

        return null;
    }

    /// <summary>The folder of a name that is written relative to the folder of the code, or null. At least two parts of it must name folders, or it may be a member.</summary>
    public string? FindRelative(string from, string name)
    {
        for (var scope = Parent(from); ; scope = Parent(scope))
        {
            var prefix = scope.Length == 0 ? "" : scope.Replace('/', '.') + ".";
            if (Find($"Agents.{prefix}{name}") is { } folder && Depth(folder) >= Depth(scope) + 2)
                return folder;
            if (scope.Length == 0)
                return null;
        }
    }

    private static int Depth(string folder) => folder.Length == 0 ? 0 : folder.Count(letter => letter == '/') + 1;

    private static string Parent(string folder) => folder.LastIndexOf('/') is var end and >= 0 ? folder[..end] : "";
}
