namespace Agents.Cli.Values;

/// <summary>Labels as people write and read them. Whether a key may be is the server's to say.</summary>
internal static class LabelText
{
    /// <summary>Reads labels of the form key=value; null where there are none.</summary>
    public static IReadOnlyDictionary<string, string>? Parse(IReadOnlyList<string> texts, string flag) => Read(texts, flag, mayRemove: false);

    /// <summary>Reads changes of the form key=value, or key- to remove it; null where there are none.</summary>
    public static IReadOnlyDictionary<string, string>? ParseChanges(IReadOnlyList<string> texts, string flag) => Read(texts, flag, mayRemove: true);

    /// <summary>As "rack=a, zone=1"; "-" where there are none.</summary>
    public static string Show(IReadOnlyDictionary<string, string> labels) =>
        labels.Count == 0 ? "-" : string.Join(", ", labels.Select(label => $"{label.Key}={label.Value}"));

    private static SortedDictionary<string, string>? Read(IReadOnlyList<string> texts, string flag, bool mayRemove)
    {
        if (texts.Count == 0)
            return null;
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var (key, value) = Split(text, flag, mayRemove);
            if (!labels.TryAdd(key, value))
                throw new WrongUseException($"{flag}: the label \"{key}\" is given twice");
        }
        return labels;
    }

    private static (string Key, string Value) Split(string text, string flag, bool mayRemove)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && (!mayRemove || equals < text.Length - 1))
            return (text[..equals], text[(equals + 1)..]);
        if (mayRemove && equals < 0 && text.Length > 1 && text.EndsWith('-'))
            return (text[..^1], "");
        throw new WrongUseException($"{flag}: \"{Text.Plain(text)}\" is no label: write key=value{(mayRemove ? ", or key- to remove it" : "")}");
    }
}
