using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Domain.Model;

/// <summary>What a start needs to know: stored with its operation.</summary>
/// <param name="Primary">The node that took the writes when the cluster was stopped; null where nobody knows.</param>
/// <param name="Away">The hosts that were away when it was asked for: what belongs there is started when they return.</param>
public sealed record StartArguments(InstanceId? Primary, ImmutableHashSet<HostId> Away)
{
    /// <summary>Reads the stored form.</summary>
    public static StartArguments Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new StartArguments(
            root.TryGetProperty("primary", out var primary) ? InstanceId.Parse(primary.GetString()!) : null, [.. root.GetProperty("away").EnumerateArray().Select(host => HostId.Parse(host.GetString()!))]);
    }

    /// <summary>The stored form.</summary>
    public string ToJson()
    {
        var json = new JsonObject { ["away"] = new JsonArray([.. Away.Select(host => (JsonNode)host.ToString())]) };
        if (Primary is { } primary)
            json["primary"] = primary.ToString();
        return json.ToJsonString();
    }
}
