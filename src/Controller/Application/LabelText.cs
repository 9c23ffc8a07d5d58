using System.Text;

namespace Agents.Controller.Application;

/// <summary>Labels as one text in which no two different sets are the same; for hashes.</summary>
internal static class LabelText
{
    /// <summary>The text.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> labels) => labels
        .OrderBy(label => label.Key, StringComparer.Ordinal)
        .Aggregate(new StringBuilder(), (text, label) => text.Append(label.Key.Length).Append(':').Append(label.Key).Append(label.Value.Length).Append(':').Append(label.Value))
        .ToString();
}
