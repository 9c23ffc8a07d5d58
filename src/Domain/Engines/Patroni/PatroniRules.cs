using System.Text.Json;

namespace Agents.Domain.Engines.Patroni;

/// <summary>What Patroni looks at when it chooses a primary.</summary>
public static class PatroniRules
{
    /// <summary>How far a node may be behind to be chosen (<c>maximum_lag_on_failover</c>), in bytes.</summary>
    public const long LagMaxBytes = 1024 * 1024;

    /// <summary>How far the primary was when it last said so, from the value of the key "status"; 0 where that does not say.</summary>
    public static long PositionOf(string status)
    {
        try
        {
            using var document = JsonDocument.Parse(status);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("optime", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var bytes) ? bytes : 0;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException) // The second for text that is half a character.
        {
            return 0;
        }
    }
}
