using System.Text.Json.Serialization;

namespace Agents.Agent.Docker.Wire;

/// <summary>The engine's words for a refusal.</summary>
internal sealed record ErrorBody([property: JsonPropertyName("message")] string Message = "");
