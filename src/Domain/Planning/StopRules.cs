using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>What is still to be stopped of a cluster that is meant to be, as where a host was away when it was stopped, or a person has started something.</summary>
internal static class StopRules
{
    /// <summary>Whether an instance runs, or would by its agent's will. What a person has paused runs.</summary>
    public static bool IsUp(Instance instance, HostObservation host) =>
        host.Containers.GetValueOrDefault(instance.ContainerName) is { } container
        && (container.State is ContainerState.Running or ContainerState.Restarting or ContainerState.Paused
            || (instance.Profile.HoldsData && host.Instances.GetValueOrDefault(instance.Id) is { Want: InstanceWant.Running }));

    /// <summary>One that runs and is to be stopped before another: proxies before nodes, replicas before the primary, nodes before what they agree by. Null where the other's turn has come.</summary>
    public static Instance? FindEarlier(Instance instance, PlannerInput input) =>
        input.Instances.FirstOrDefault(other => StopsBefore(other, instance, input) && input.Hosts.TryGetValue(other.HostId, out var host) && host.IsCurrent && IsUp(other, host));

    private static bool StopsBefore(Instance other, Instance instance, PlannerInput input) =>
        other.Profile.StartOrder > instance.Profile.StartOrder || (other.Profile.IsNode && instance.Profile.IsNode && other.Id != instance.Id && IsPrimary(instance, input));

    private static bool IsPrimary(Instance node, PlannerInput input) => (input.Primary ?? input.Leader) is { } name ? node.Member == name : node.Id == input.Cluster.FormerPrimary;
}
