using System.Text.Json.Serialization;

namespace Agents.Agent.Instances;

/// <summary>The generated serialisers of what is kept on disk. A member that is missing in an old file has its default; one that is required makes the file damaged.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(InstanceRecord))]
[JsonSerializable(typeof(NetworkRecord))]
[JsonSerializable(typeof(List<ControllerTicket>))]
internal sealed partial class InstanceJson : JsonSerializerContext;
