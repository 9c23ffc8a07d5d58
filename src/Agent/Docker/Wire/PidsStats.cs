using System.Text.Json.Serialization;

namespace Agents.Agent.Docker.Wire;

/// <summary>Processes and threads of a container.</summary>
internal sealed record PidsStats([property: JsonPropertyName("current")] ulong Current = 0);
