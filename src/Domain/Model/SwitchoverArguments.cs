using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Domain.Model;

/// <summary>What a switchover needs to know: stored with its operation.</summary>
/// <param name="From">The primary that it was asked of: when another leads, it has handed over.</param>
/// <param name="To">The node that is to lead; null where the engine chooses.</param>
/// <param name="Timeline">The timeline on which that led; 0 where it is not known.</param>
public sealed record SwitchoverArguments(InstanceId From, InstanceId? To, int Timeline = 0)
{
    /// <summary>Reads the stored form.</summary>
    public static SwitchoverArguments Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new SwitchoverArguments(InstanceId.Parse(root.GetProperty("from").GetString()!), root.TryGetProperty("to", out var to) ? InstanceId.Parse(to.GetString()!) : null, TimelineOf(root));
    }

    /// <summary>The timeline in a stored form; 0 where it is not told.</summary>
    internal static int TimelineOf(JsonElement root) => root.TryGetProperty("timeline", out var timeline) ? timeline.GetInt32() : 0;

    /// <summary>The stored form.</summary>
    public string ToJson()
    {
        var json = new JsonObject { ["from"] = From.ToString(), ["timeline"] = Timeline };
        if (To is { } to)
            json["to"] = to.ToString();
        return json.ToJsonString();
    }
}
