using System.Text.Json.Serialization;
using Agents.Words;

namespace Agents.Agent.Images;

/// <summary>What is read of an image's configuration.</summary>
/// <param name="Container">What containers inherit.</param>
internal sealed record ArchiveConfig([property: JsonPropertyName("config")] ArchiveConfig.Inherited? Container)
{
    /// <summary>The label "agents.image"; empty without one.</summary>
    [JsonIgnore]
    public string Label => Container?.Labels?.GetValueOrDefault(ObjectLabels.Image) ?? "";

    /// <summary>What containers inherit.</summary>
    /// <param name="Labels">The labels.</param>
    internal sealed record Inherited(IReadOnlyDictionary<string, string>? Labels);
}
