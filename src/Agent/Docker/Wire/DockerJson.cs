using System.Text.Json.Serialization;

namespace Agents.Agent.Docker.Wire;

/// <summary>The generated serialisers of all that goes to and comes from the engine.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EngineVersion))]
[JsonSerializable(typeof(EngineInfo))]
[JsonSerializable(typeof(IReadOnlyList<ContainerSummary>))]
[JsonSerializable(typeof(ContainerInspection))]
[JsonSerializable(typeof(ContainerBody))]
[JsonSerializable(typeof(CreatedContainer))]
[JsonSerializable(typeof(WaitResult))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(ProgressLine))]
[JsonSerializable(typeof(NetworkBody))]
[JsonSerializable(typeof(NetworkInspection))]
[JsonSerializable(typeof(IReadOnlyList<NetworkInspection>))]
[JsonSerializable(typeof(VolumeBody))]
[JsonSerializable(typeof(VolumeInspection))]
[JsonSerializable(typeof(VolumeList))]
[JsonSerializable(typeof(ImageInspection))]
[JsonSerializable(typeof(DockerEvent))]
[JsonSerializable(typeof(ContainerStats))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>))]
internal sealed partial class DockerJson : JsonSerializerContext;
