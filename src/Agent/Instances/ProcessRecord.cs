namespace Agents.Agent.Instances;

/// <summary>The first process of a container as it was seen running: what a proof of its end is held against.</summary>
/// <param name="ContainerId">The container.</param>
/// <param name="StartedAt">When the engine started it: tells this life of the container from its others.</param>
/// <param name="Pid">Its process id on the host.</param>
/// <param name="StartTime">When it was started, in the kernel's ticks: tells it from a later owner of the same id.</param>
/// <param name="Cgroups">The directories of the container's cgroups.</param>
/// <param name="BootId">The kernel's boot id then.</param>
/// <param name="AgentProcessId">The agent process that saw it.</param>
internal sealed record ProcessRecord(string ContainerId, DateTimeOffset StartedAt, int Pid, long StartTime, IReadOnlyList<string> Cgroups, string BootId, string AgentProcessId);
