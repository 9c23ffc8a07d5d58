using System.Text.Json.Serialization;

namespace Agents.Agent.Docker.Wire;

/// <summary>One counter of one block device.</summary>
internal sealed record BlockCounter([property: JsonPropertyName("op")] string Operation = "", [property: JsonPropertyName("value")] ulong Value = 0);
