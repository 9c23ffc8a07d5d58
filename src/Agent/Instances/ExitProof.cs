namespace Agents.Agent.Instances;

/// <summary>What proves that no process of an instance is left; all of it must hold, and the ids must be those that the controller knows.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="DockerExited">Docker says exited, of the very life of the container that was recorded.</param>
/// <param name="InitProcessGone">The recorded first process is gone.</param>
/// <param name="CgroupEmpty">The container's cgroups are gone or empty.</param>
/// <param name="RecordedBootId">The boot id when it was recorded.</param>
/// <param name="RecordedAgentProcessId">The agent process that recorded it.</param>
/// <param name="BootId">The boot id now.</param>
/// <param name="AgentProcessId">The agent process now.</param>
/// <param name="FinishedAt">When Docker says that it ended.</param>
internal sealed record ExitProof(
    string ContainerId, bool DockerExited, bool InitProcessGone, bool CgroupEmpty, string RecordedBootId, string RecordedAgentProcessId,
    string BootId, string AgentProcessId, DateTimeOffset FinishedAt);
