namespace Agents.Architecture.Tests.Style;

/// <summary>Something that code of some folders must not say: a name, or a type and a member as in <c>Task.Run</c>.</summary>
internal sealed record BannedCode(string Name, string Why, params string[] Folders)
{
    /// <summary>Whether the ban holds for code of the folder.</summary>
    public bool HoldsFor(string folder) => Folders.Length == 0 || Folders.Any(each => folder == each || folder.StartsWith(each + "/", StringComparison.Ordinal));
}
