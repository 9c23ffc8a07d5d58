using System.Text.Json.Serialization;

namespace Agents.Agent.Engines.Etcd.Wire;

/// <summary>etcd's JSON: names in snake case, bytes in base64, integers of 64 bits as strings, and in neither direction what has its default value. Answers have setters on purpose: the generated reader would overwrite the default of an init-only property that is absent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EmptyQuestion))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(RangeQuestion))]
[JsonSerializable(typeof(RangeAnswer))]
[JsonSerializable(typeof(TransactionQuestion))]
[JsonSerializable(typeof(TransactionAnswer))]
[JsonSerializable(typeof(MemberListAnswer))]
[JsonSerializable(typeof(MemberQuestion))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class EtcdJson : JsonSerializerContext;
