using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Agents.Domain.Health;

namespace Agents.Domain.Engines.Patroni;

/// <summary>
/// Reads what Patroni keeps of the changes of its leader: a list of [timeline that ended, position at which it ended, reason, time, node that led from then on]. Time and node are missing where the history was
/// written before Patroni knew them.
/// </summary>
public static partial class PatroniHistory
{
    /// <summary>The largest value that is read.</summary>
    public const int LengthMax = 128 * 1024;

    /// <summary>How many changes are read at most: the last ones.</summary>
    public const int CountMax = 200;

    /// <summary>Reads the key's value, the oldest change first, one for each timeline. What is none is left out: it stands in a place where others may write. Null for what is no list.</summary>
    public static ImmutableArray<LeadChange>? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement is not { ValueKind: JsonValueKind.Array } lines)
                return null;
            var last = lines.EnumerateArray().Skip(lines.GetArrayLength() - CountMax);
            return [.. last.Select(ChangeOf).OfType<LeadChange>().DistinctBy(change => change.Timeline).OrderBy(change => change.Timeline)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException) // The second for text that is half a character.
        {
            return null;
        }
    }

    private static LeadChange? ChangeOf(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Array || line.GetArrayLength() < 2)
            return null;
        if (line[0].ValueKind != JsonValueKind.Number || !line[0].TryGetInt32(out var ended) || ended is < 1 or int.MaxValue || line[1].ValueKind != JsonValueKind.Number || !line[1].TryGetUInt64(out var position))
            return null;
        DateTimeOffset? at = DateTimeOffset.TryParse(TextAt(line, 3), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
        var leader = TextAt(line, 4);
        return new LeadChange(ended + 1, string.Create(CultureInfo.InvariantCulture, $"{position >> 32:X}/{position & 0xFFFFFFFF:X}"), at, MemberName().IsMatch(leader) ? leader : "");
    }

    private static string TextAt(JsonElement line, int index) => line.GetArrayLength() > index && line[index].ValueKind == JsonValueKind.String ? line[index].GetString()! : "";

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex MemberName();
}
