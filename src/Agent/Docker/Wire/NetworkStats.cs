using System.Text.Json.Serialization;

namespace Agents.Agent.Docker.Wire;

/// <summary>Traffic of one network card since the start.</summary>
internal sealed record NetworkStats(
    [property: JsonPropertyName("rx_bytes")] ulong Received = 0, [property: JsonPropertyName("tx_bytes")] ulong Sent = 0);
