using Agents.Agent.Docker.Objects;

namespace Agents.Agent.Instances;

/// <summary>Decides what is to be done about one instance. Pure: a record, what the engine says and the clocks in, one action out.</summary>
internal static class SupervisionRules
{
    /// <summary>How long after an exit the controller may still decide, before the agent starts the instance again by itself.</summary>
    public static readonly TimeSpan VerdictTime = TimeSpan.FromSeconds(3);

    /// <summary>The longest pause between two starts of an instance that keeps ending.</summary>
    public static readonly TimeSpan RestartDelayMax = TimeSpan.FromSeconds(30);

    /// <summary>How long an instance must have run for its earlier failures to be forgotten.</summary>
    public static readonly TimeSpan SteadyTime = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait after an exit: the time for a verdict, doubled with every failure in a row.</summary>
    public static TimeSpan RestartDelay(int failures)
    {
        var doubled = VerdictTime * Math.Pow(2, Math.Clamp(failures, 0, 10));
        return doubled < RestartDelayMax ? doubled : RestartDelayMax;
    }

    /// <summary>The action for an instance.</summary>
    /// <param name="record">Its record.</param>
    /// <param name="container">Its container as last seen; null when there is none.</param>
    /// <param name="fenceLeft">What is left of its fence; null when it has none.</param>
    /// <param name="startWait">How long it is still not to be started; null when it was not seen down before.</param>
    /// <param name="agentProcessId">This agent process.</param>
    public static SupervisionDecision Decide(
        InstanceRecord record, ContainerInspection? container, TimeSpan? fenceLeft, TimeSpan? startWait, string agentProcessId)
    {
        if (fenceLeft <= TimeSpan.Zero)
            return new SupervisionDecision(SupervisionAction.EndFence);
        var decision = container is null ? SupervisionDecision.Nothing
            : container.State.IsDown ? DecideDown(record, container, fenceLeft, startWait)
            : DecideUp(record, container, agentProcessId);
        return fenceLeft is { } left && (decision.LookAgainAfter is not { } sooner || left < sooner) ? decision with { LookAgainAfter = left } : decision;
    }

    private static SupervisionDecision DecideDown(InstanceRecord record, ContainerInspection container, TimeSpan? fenceLeft, TimeSpan? startWait)
    {
        if (record.Want != InstanceState.Running || fenceLeft is not null)
            return SupervisionDecision.Nothing;
        if (container.State.Status != ContainerStatus.Created && startWait is null)
            return SupervisionDecision.Wait(VerdictTime);
        return startWait is { } wait && wait > TimeSpan.Zero ? SupervisionDecision.Wait(wait) : new SupervisionDecision(SupervisionAction.Start);
    }

    private static SupervisionDecision DecideUp(InstanceRecord record, ContainerInspection container, string agentProcessId)
    {
        if (container.State.Status == ContainerStatus.IsRunning && !IsRecorded(record.Process, container, agentProcessId))
            return new SupervisionDecision(SupervisionAction.RecordProcess);
        return record.Want == InstanceState.Stopped ? new SupervisionDecision(SupervisionAction.Stop) : SupervisionDecision.Nothing;
    }

    private static bool IsRecorded(ProcessRecord? process, ContainerInspection container, string agentProcessId) =>
        process is not null && process.ContainerId == container.Id && process.StartedAt == container.State.StartedAt && process.Pid == container.State.Pid && process.AgentProcessId == agentProcessId;
}
