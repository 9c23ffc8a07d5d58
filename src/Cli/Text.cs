using System.Globalization;

namespace Agents.Cli;

/// <summary>Text for people and machines, the same everywhere in the world.</summary>
internal static class Text
{
    /// <summary>Text with numbers in it.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Text of others without control characters: a name must not be able to move the cursor of a terminal.</summary>
    public static string Plain(string text) => text.Any(char.IsControl) ? new string([.. text.Select(character => char.IsControl(character) ? ' ' : character)]) : text;

    /// <summary>Text of others, of several lines, without control characters but the ends of lines.</summary>
    public static string PlainLines(string text) => string.Join('\n', text.Split('\n').Select(Plain));
}
