using System.Collections.Immutable;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>
/// Decides what to do next for a cluster that is meant to run. It never stops, removes or moves anything, and never starts data that is gone: those are operations.
/// Rules: one owner at a time; nothing on stale sight; nothing made anew while much of the fleet is silent.
/// </summary>
public static class Planner
{
    /// <summary>The number and the share of silent hosts above both of which the fault is taken to be ours.</summary>
    private const int SilentCountMax = 2;
    private const double SilentShareMax = 0.30;

    /// <summary>Decides for one cluster.</summary>
    public static Plan Decide(PlannerInput input)
    {
        if (input.Cluster.Lifecycle != ClusterLifecycle.Active)
            return Plan.Nothing;
        if (input.ObserveOnly)
            return Plan.Hold("the store is older than what agents have obeyed: confirm the restore first");
        if (input.Cluster.HeldBy is { } operation)
            return Plan.Hold($"operation {operation} holds the cluster");

        var actions = ImmutableArray.CreateBuilder<PlannedAction>();
        var held = ImmutableArray.CreateBuilder<string>();
        foreach (var instance in input.Instances.OrderBy(OrderOf).ThenBy(instance => instance.Ordinal))
        {
            var (action, reason) = Decide(instance, input);
            if (action is { } kind)
                actions.Add(new PlannedAction(kind, instance, reason));
            else if (reason.Length > 0)
                held.Add(reason);
        }

        return new Plan(actions.ToImmutable(), held.ToImmutable());
    }

    /// <summary>Whether so many hosts are silent at once that nothing may be replaced.</summary>
    /// <param name="hosts">All hosts of the fleet.</param>
    public static bool IsFleetSilent(IReadOnlyCollection<HostState> hosts) =>
        hosts.Count(state => state == HostState.Disconnected) > Math.Max(SilentCountMax, hosts.Count * SilentShareMax);

    /// <summary>Coordination before nodes before proxies.</summary>
    private static int OrderOf(Instance instance) => instance.Kind switch
    {
        InstanceKind.Etcd => 0,
        InstanceKind.Postgres => 1,
        _ => 2,
    };

    /// <summary>An action with its reason; or no action with the reason for leaving the instance alone, empty when it is as it should be.</summary>
    private static (ActionKind? Action, string Reason) Decide(Instance instance, PlannerInput input)
    {
        if (!input.Hosts.TryGetValue(instance.HostId, out var host) || !host.IsCurrent)
            return (null, $"{instance.Member}: its host has not reported on its current link");
        if (!host.Containers.TryGetValue(instance.ContainerName, out var container))
            return DecideMissing(instance, host, input.FleetIsSilent);
        if (container.State is ContainerState.Paused or ContainerState.Removing or ContainerState.Dead)
            return (null, $"{instance.Member}: its container is {container.State.ToString().ToLowerInvariant()}, which a person did");

        return instance.Kind == InstanceKind.Postgres ? DecideNode(instance, host) : DecideService(instance, container);
    }

    private static (ActionKind? Action, string Reason) DecideMissing(Instance instance, HostObservation host, bool fleetIsSilent)
    {
        if (instance.Initialised && instance.Kind != InstanceKind.Haproxy && !host.Volumes.Contains(instance.DataVolume))
            return (null, $"{instance.Member}: its data volume {instance.DataVolume} is gone; it is not started over an empty one");
        if (fleetIsSilent)
            return (null, $"{instance.Member}: its container is missing, and nothing is made anew while so many hosts are silent");
        return (ActionKind.Ensure, "its container is missing");
    }

    /// <summary>The agent starts a node; the controller only says that it is wanted.</summary>
    private static (ActionKind? Action, string Reason) DecideNode(Instance instance, HostObservation host)
    {
        if (!host.Instances.TryGetValue(instance.Id, out var record))
            return (ActionKind.Ensure, "its agent has no record of it");
        if (record.ConfigHash.Length == 0)
            return (ActionKind.Ensure, "its configuration was never written completely");
        return record.Want switch
        {
            InstanceWant.Running => (null, ""),
            InstanceWant.Fenced => (null, $"{instance.Member}: it is fenced"),
            _ => (ActionKind.WantRunning, $"its agent's record says {record.Want.ToString().ToLowerInvariant()}"),
        };
    }

    private static (ActionKind? Action, string Reason) DecideService(Instance instance, ContainerObservation container) => container.State switch
    {
        ContainerState.Running or ContainerState.Restarting => (null, ""),
        ContainerState.Created => (ActionKind.Ensure, "its container was never started"),
        ContainerState.Exited => (ActionKind.Start, $"its container has exited with code {container.ExitCode}"),
        _ => (null, $"{instance.Member}: the state of its container is not known"),
    };
}
