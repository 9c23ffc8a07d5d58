using System.Text.Json.Serialization;

namespace Agents.Controller.Images;

/// <summary>The JSON form of the file; what else stands there is for people.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ImageSetFile))]
internal sealed partial class ImageSetJson : JsonSerializerContext;
