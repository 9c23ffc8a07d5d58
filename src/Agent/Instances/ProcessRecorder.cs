using Agents.Agent.Docker.Objects;
using Agents.Agent.Kernel;

namespace Agents.Agent.Instances;

/// <summary>Takes down which process an instance runs as, while it runs: afterwards nobody could tell.</summary>
internal sealed class ProcessRecorder(IProcessTable processes, IBootClock clock, AgentProcess agent, InstanceTable table)
{
    /// <summary>Records the first process of a running container. Nothing is recorded when it has ended meanwhile. Only within the instance's lock.</summary>
    public void Record(InstanceSlot slot, ContainerInspection container)
    {
        if (slot.Record is { } record && container.State.Pid > 0 && processes.FindStartTime(container.State.Pid) is { } startTime)
        {
            var cgroups = processes.FindCgroups(container.State.Pid, container.Id);
            table.Save(slot, record with { Process = new ProcessRecord(container.Id, container.State.StartedAt, container.State.Pid, startTime, cgroups, clock.BootId, agent.Id) });
        }
    }
}
