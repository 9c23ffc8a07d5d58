namespace Agents.Agent.Docker.Objects;

/// <summary>One limit of a container's processes; -1 is none.</summary>
internal sealed record UlimitBody(string Name, long Soft, long Hard);
