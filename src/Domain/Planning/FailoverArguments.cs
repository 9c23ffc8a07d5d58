using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>What a failover needs to know: stored with its operation.</summary>
/// <param name="Primary">The primary that has ended.</param>
/// <param name="Life">The life of its container that was seen to have ended: of another nothing is known.</param>
/// <param name="Timeline">The timeline on which it led; 0 where that is not known.</param>
public sealed record FailoverArguments(InstanceId Primary, ContainerLife Life, int Timeline = 0)
{
    /// <summary>Reads the stored form.</summary>
    public static FailoverArguments Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new FailoverArguments(InstanceId.Parse(TextOf("primary")), new ContainerLife(TextOf("container"), TimeOf("started_at"), TimeOf("finished_at")), SwitchoverArguments.TimelineOf(root));

        string TextOf(string name) => root.GetProperty(name).GetString()!;
        DateTimeOffset TimeOf(string name) => DateTimeOffset.Parse(TextOf(name), CultureInfo.InvariantCulture);
    }

    /// <summary>The stored form.</summary>
    public string ToJson() => new JsonObject
    {
        ["primary"] = Primary.ToString(),
        ["container"] = Life.ContainerId,
        ["started_at"] = Life.StartedAt.ToString("O", CultureInfo.InvariantCulture),
        ["finished_at"] = Life.FinishedAt.ToString("O", CultureInfo.InvariantCulture),
        ["timeline"] = Timeline,
    }.ToJsonString();
}
