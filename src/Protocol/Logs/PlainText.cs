using System.Globalization;

namespace Agents.Protocol.Logs;

/// <summary>
/// Text for a line of a terminal or of a log. What others wrote, as a host its reasons or a stranger the path of a request, may hold what begins a new line, moves the cursor,
/// or turns the direction of writing around: in its place stands a blank.
/// </summary>
public static class PlainText
{
    /// <summary>The text as one line that looks as it is.</summary>
    public static string Of(string text) => text.Any(IsNone) ? string.Create(text.Length, text, Replace) : text;

    private static void Replace(Span<char> plain, string text)
    {
        for (var index = 0; index < plain.Length; index++)
            plain[index] = IsNone(text[index]) ? ' ' : text[index];
    }

    private static bool IsNone(char character) =>
        character is < ' ' or > '~'
        && char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
