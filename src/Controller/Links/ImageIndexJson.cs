using System.Text.Json.Serialization;

namespace Agents.Controller.Links;

/// <summary>The JSON form of the index; what else stands there is not our concern.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ImageIndex))]
internal sealed partial class ImageIndexJson : JsonSerializerContext;
