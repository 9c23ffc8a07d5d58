using Spectre.Console;

namespace Agents.Cli.Output;

/// <summary>Makes tables without lines: columns of text, two blanks apart.</summary>
internal static class TableOf
{
    /// <summary>A table with these columns. A column that begins with '>' has numbers.</summary>
    public static Table Columns(params ReadOnlySpan<string> names)
    {
        var table = new Table().Border(TableBorder.None);
        for (var index = 0; index < names.Length; index++)
        {
            var isNumber = names[index].StartsWith('>');
            var column = new TableColumn(new Markup(Cell.Escape(names[index].TrimStart('>')))) { Padding = new Padding(0, 0, index == names.Length - 1 ? 0 : 2, 0) };
            table.AddColumn(isNumber ? column.RightAligned() : column);
        }
        return table;
    }

    /// <summary>Lines of a name and what it is.</summary>
    public static Table Pairs(params ReadOnlySpan<(string Name, Markup Value)> lines)
    {
        var table = Columns("", "").HideHeaders();
        foreach (var (name, value) in lines)
            table.AddRow(Cell.Of(name), value);
        return table;
    }
}
