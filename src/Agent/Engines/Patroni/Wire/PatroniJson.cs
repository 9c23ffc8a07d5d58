using System.Text.Json.Serialization;

namespace Agents.Agent.Engines.Patroni.Wire;

/// <summary>Patroni's JSON: names in snake case, nothing for what is not set. Answers have setters: the generated reader would overwrite the default of an init-only property that is absent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ClusterAnswer))]
[JsonSerializable(typeof(NodeAnswer))]
[JsonSerializable(typeof(SwitchoverQuestion))]
[JsonSerializable(typeof(RestartQuestion))]
internal sealed partial class PatroniJson : JsonSerializerContext;
