using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>
/// What is still to be stopped of a cluster that is meant to be, as where a host was away when it was stopped, or a person has started something; and what waits for another when it is started.
/// </summary>
internal static class StopRules
{
    /// <summary>Whether an instance runs, or would by its agent's will. What a person has paused runs.</summary>
    public static bool IsUp(Instance instance, HostObservation host) =>
        host.Containers.GetValueOrDefault(instance.ContainerName) is { } container
        && (container.State is ContainerState.Running or ContainerState.Restarting or ContainerState.Paused
            || (instance.Profile.HoldsData && host.Instances.GetValueOrDefault(instance.Id) is { Want: InstanceWant.Running }));

    /// <summary>One that runs and is to be stopped before another: proxies before nodes, replicas before the primary, nodes before what they agree by. Null where the other's turn has come.</summary>
    public static Instance? FindEarlier(Instance instance, PlannerInput input) =>
        input.Instances.FirstOrDefault(other => StopsBefore(other, instance, input) && input.Hosts.TryGetValue(other.HostId, out var host) && host.IsCurrent && IsUp(other, host) && !IsPaused(other, host));

    /// <summary>
    /// The node that is to lead before this one is started: it took the writes when the cluster was stopped, and where commits waited for no replica nobody else is known to have them. Null where this one
    /// may be started, or is already.
    /// </summary>
    public static Instance? FindFirst(Instance instance, HostObservation host, PlannerInput input) =>
        input.Cluster is { Effective.Durability: Durability.Async, Stopped: { IsStarting: true, Primary: { } primary } }
        && instance.Profile.IsNode && instance.Id != primary
        && !input.Instances.Any(node => node.Member == input.Primary && ReplacementRules.DoesRun(node, input)) // What it last said is some seconds old: its container is seen to run now.
        && host.Instances.GetValueOrDefault(instance.Id) is not { Want: InstanceWant.Running }
            ? input.Instances.FirstOrDefault(node => node.Id == primary)
            : null;

    /// <summary>Who is paused is waited for by nobody: a person may forget that for ever.</summary>
    private static bool IsPaused(Instance instance, HostObservation host) => host.Containers.GetValueOrDefault(instance.ContainerName) is { State: ContainerState.Paused };

    private static bool StopsBefore(Instance other, Instance instance, PlannerInput input) =>
        other.Profile.StartOrder > instance.Profile.StartOrder || (other.Profile.IsNode && instance.Profile.IsNode && other.Id != instance.Id && IsPrimary(instance, input));

    private static bool IsPrimary(Instance node, PlannerInput input) => (input.Primary ?? input.Leader) is { } name ? node.Member == name : node.Id == input.Cluster.FormerPrimary;
}
