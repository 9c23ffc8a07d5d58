using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>When the engine is helped to another primary: when the container of the one that it has is seen to have ended, and nobody meant that.</summary>
internal static class FailoverRules
{
    /// <summary>
    /// The operation that proves the primary's end, keeps it from being started meanwhile, and takes its claim to the lead away, so that the engine chooses another one now and not when the
    /// claim expires. Only where a commit waits for a replica: nothing that was acknowledged is lost then.
    /// </summary>
    public static PlannedOperation? Propose(PlannerInput input)
    {
        if (input.Cluster.Effective.Durability == Durability.Async
            || input.IsPaused
            || EngineTable.Of(input.Cluster.Effective.Engine).StepsOf(OperationKinds.PostgresClusterFailover).IsEmpty
            || input.Instances.FirstOrDefault(instance => instance.Member == input.Leader && instance.Profile.IsNode) is not { Power: InstancePower.Running, Initialised: true } leader
            || !input.Hosts.TryGetValue(leader.HostId, out var host)
            || !host.IsCurrent
            || host.Instances.GetValueOrDefault(leader.Id) is not { Want: InstanceWant.Running } record
            || host.Containers.GetValueOrDefault(leader.ContainerName) is not { State: ContainerState.Exited, Ended: { } life } container
            || !input.Instances.Any(other => other.Profile.IsNode && other.Id != leader.Id && ReplacementRules.DoesRun(other, input)))
            return null;
        return new PlannedOperation(OperationKinds.PostgresClusterFailover, leader, $"{leader.Member} led, and {WhyOf(record, container)}", IsUrgent: true, life);
    }

    private static string WhyOf(InstanceObservation record, ContainerObservation container) => record.Hang.Length > 0 ? record.Hang : $"its container has ended with code {container.ExitCode}";
}
