using System.Text.Json;

namespace Agents.Domain.Engines.Patroni;

/// <summary>
/// Who holds every acknowledged commit, as Patroni keeps it in etcd: no commit was acknowledged that not all but <see cref="Quorum"/> of the standbys have, so whoever sees that many of the
/// others beside itself, and is the furthest of them, has all.
/// </summary>
/// <param name="Leader">The primary under which that holds.</param>
/// <param name="Standbys">The standbys that count.</param>
/// <param name="Quorum">How many of the other standbys one of them must see to be chosen.</param>
public sealed record SyncState(string Leader, IReadOnlyList<string> Standbys, int Quorum)
{
    /// <summary>Reads the key's value; null for what says nothing.</summary>
    public static SyncState? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root)
                return null;
            var leader = Text(root, "leader");
            var standbys = Text(root, "sync_standby").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var quorum = root.TryGetProperty("quorum", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) ? count : 0;
            return leader.Length == 0 || quorum < 0 ? null : new SyncState(leader, standbys, quorum);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException) // The second for text that is half a character.
        {
            return null;
        }
    }

    /// <summary>Whether one of the standbys can be chosen, when these nodes can be asked.</summary>
    public bool CanElect(IReadOnlyCollection<string> reachable) => Standbys.Count(reachable.Contains) > Quorum;

    private static string Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
