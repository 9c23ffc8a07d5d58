using System.Text.Json.Serialization;

namespace Agents.Agent.Docker.Wire;

/// <summary>One line of a long answer such as an image load; an error comes in the body, after a status of 200.</summary>
internal sealed record ProgressLine([property: JsonPropertyName("error")] string? Error = null);
