using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Agent.Policy;

/// <summary>The generated serialiser of the policy file. Unknown members are errors: a misspelt restriction must not be taken for none.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(HostPolicy))]
internal sealed partial class PolicyJson : JsonSerializerContext;
