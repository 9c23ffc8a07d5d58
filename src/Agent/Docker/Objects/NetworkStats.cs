namespace Agents.Agent.Docker.Objects;

/// <summary>Traffic of one network card since the start.</summary>
internal sealed record NetworkStats(
    ulong Received = 0, ulong Sent = 0);
