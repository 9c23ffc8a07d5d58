using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Domain.Model;

/// <summary>What is known of the nodes that a cluster gets or loses: stored with the operation.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="Copies">
/// Of those that it loses, each that was seen to stream right before it was stopped, with the timeline: while that lasts it holds nothing that the others have not.
/// </param>
/// <param name="Kept">Those whose data stays, once that is decided: from then on they are being removed, and nothing is asked any more. Null before.</param>
public sealed record NodesArguments(ImmutableArray<InstanceId> Nodes, ImmutableDictionary<InstanceId, int> Copies, ImmutableArray<InstanceId>? Kept = null)
{
    /// <summary>Of some nodes of which nothing more is known.</summary>
    public static NodesArguments Of(IEnumerable<InstanceId> nodes) => new([.. nodes], ImmutableDictionary<InstanceId, int>.Empty);

    /// <summary>Reads the stored form.</summary>
    public static NodesArguments Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new NodesArguments(
            Ids(root.GetProperty("nodes")),
            root.GetProperty("copies").EnumerateObject().ToImmutableDictionary(copy => InstanceId.Parse(copy.Name), copy => copy.Value.GetInt32()),
            root.TryGetProperty("kept", out var kept) ? Ids(kept) : null);
    }

    /// <summary>The stored form.</summary>
    public string ToJson()
    {
        var json = new JsonObject
        {
            ["nodes"] = Text(Nodes),
            ["copies"] = new JsonObject(Copies.OrderBy(copy => copy.Key.ToString(), StringComparer.Ordinal).Select(copy => KeyValuePair.Create(copy.Key.ToString(), (JsonNode?)copy.Value))),
        };
        if (Kept is { } kept)
            json["kept"] = Text(kept);
        return json.ToJsonString();
    }

    private static ImmutableArray<InstanceId> Ids(JsonElement list) => [.. list.EnumerateArray().Select(node => InstanceId.Parse(node.GetString()!))];

    private static JsonArray Text(IEnumerable<InstanceId> ids) => new([.. ids.Select(id => (JsonNode)id.ToString())]);
}
