using System.Globalization;

namespace Agents.Cli;

/// <summary>Text for people and machines, the same everywhere in the world.</summary>
internal static class Text
{
    /// <summary>Text with numbers in it.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number of things: "1 node", "3 nodes".</summary>
    public static string Count(int count, string one, string? many = null) => Invariant($"{count} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary>Text of others as one line: a name must not be able to move the cursor of a terminal, or turn the direction of what stands around it.</summary>
    public static string Plain(string text) => text.Any(IsNone) ? new string([.. text.Select(character => IsNone(character) ? ' ' : character)]) : text;

    /// <summary>Text of others, of several lines, without control characters but the ends of lines.</summary>
    public static string PlainLines(string text) => string.Join('\n', text.Split('\n').Select(Plain));

    private static bool IsNone(char character) =>
        char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
