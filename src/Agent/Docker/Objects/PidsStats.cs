namespace Agents.Agent.Docker.Objects;

/// <summary>Processes and threads of a container.</summary>
internal sealed record PidsStats(ulong Current = 0);
