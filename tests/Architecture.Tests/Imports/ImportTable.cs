using System.Text.Json;

namespace Agents.Architecture.Tests.Imports;

/// <summary>
/// Who may import whom: folder → folders, all below <c>src</c>. An entry covers the folders below it that have no entry of their own, and these import
/// each other freely. <c>X</c> allows the folder X alone, <c>X/*</c> also everything below it, <c>*</c> everything.
/// </summary>
internal sealed class ImportTable(IReadOnlyDictionary<string, IReadOnlyList<string>> rows)
{
    /// <summary>The folders that the table lists, with what they may import.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Rows { get; } = rows;

    /// <summary>Reads a table from JSON.</summary>
    public static ImportTable Parse(string json) =>
        new(JsonSerializer.Deserialize<OrderedDictionary<string, string[]>>(json)!.ToDictionary(row => row.Key, row => (IReadOnlyList<string>)row.Value));

    /// <summary>The entry that covers a folder, or null. A project's own entry covers only the project's root: its folders have to be listed.</summary>
    public string? EntryOf(string folder) => Rows.Keys
        .Where(entry => folder == entry || (folder.StartsWith(entry + "/", StringComparison.Ordinal) && (entry.Contains('/', StringComparison.Ordinal) || IsWhole(entry))))
        .MaxBy(entry => entry.Length);

    /// <summary>Whether code of one folder may use types of another.</summary>
    public bool Allows(string from, string to)
    {
        var entry = EntryOf(from);
        // What is declared in an enclosing namespace is visible without any import.
        if (entry is null || from == to || from.StartsWith(to + "/", StringComparison.Ordinal) || EntryOf(to) == entry)
            return true;

        return Rows[entry].Any(allowed => allowed == "*" || allowed == to
            || (allowed.EndsWith("/*", StringComparison.Ordinal) && (to == allowed[..^2] || to.StartsWith(allowed[..^1], StringComparison.Ordinal))));
    }

    /// <summary>Whether a project is listed as a whole: none of its folders has an entry of its own.</summary>
    private bool IsWhole(string project) => !Rows.Keys.Any(entry => entry.StartsWith(project + "/", StringComparison.Ordinal));
}
