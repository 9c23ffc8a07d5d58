using System.Text.Json.Serialization;

namespace Agents.Agent.Images;

/// <summary>The generated reader and writer of the documents in an archive.</summary>
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ArchiveManifest[]))]
[JsonSerializable(typeof(ArchiveConfig))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
