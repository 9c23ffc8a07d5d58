using Agents.Agent.Docker.Objects;
using Agents.Agent.Kernel;

namespace Agents.Agent.Instances;

/// <summary>Gathers what proves an instance's end. What was never recorded proves nothing.</summary>
internal sealed class ExitProver(IProcessTable processes, IBootClock clock, AgentProcess agent)
{
    /// <summary>The proof for a container that does not run.</summary>
    public ExitProof Prove(ProcessRecord? recorded, ContainerInspection container) => new(
        container.Id,
        container.State.Status == ContainerStatus.Exited && recorded?.ContainerId == container.Id && recorded.StartedAt == container.State.StartedAt,
        recorded is not null && IsGone(recorded),
        recorded is { Cgroups.Count: > 0 } && (recorded.BootId != clock.BootId || recorded.Cgroups.All(processes.IsCgroupEmpty)),
        recorded?.BootId ?? "", recorded?.AgentProcessId ?? "", clock.BootId, agent.Id, container.State.FinishedAt);

    private bool IsGone(ProcessRecord recorded) =>
        recorded.BootId != clock.BootId || processes.FindStartTime(recorded.Pid) != recorded.StartTime;
}
