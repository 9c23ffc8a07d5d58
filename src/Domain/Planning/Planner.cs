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

    private static readonly (PlannedAction? Action, Hold? Hold) _nothing = (null, null);

    /// <summary>Decides for one cluster.</summary>
    public static Plan Decide(PlannerInput input)
    {
        if (input.Cluster.Lifecycle != ClusterLifecycle.Active)
            return Plan.Nothing;
        if (input.ObserveOnly)
            return Plan.HoldAll(Hold.ObserveOnly, "the store is older than what agents have obeyed: confirm the restore first");
        if (input.Cluster.HeldBy is { } operation)
            return Plan.HoldAll(Hold.OperationInProgress, $"operation {operation} holds the cluster");

        var actions = ImmutableArray.CreateBuilder<PlannedAction>();
        var held = ImmutableArray.CreateBuilder<Hold>();
        foreach (var instance in input.Instances.OrderBy(instance => instance.Profile.StartOrder).ThenBy(instance => instance.Ordinal))
        {
            var (action, hold) = Decide(instance, input);
            if (action is not null)
                actions.Add(action);
            if (hold is not null)
                held.Add(hold);
        }

        return new Plan(actions.ToImmutable(), held.ToImmutable());
    }

    /// <summary>Whether so many hosts are silent at once that nothing may be replaced.</summary>
    /// <param name="hosts">All hosts of the fleet.</param>
    public static bool IsFleetSilent(IReadOnlyCollection<HostState> hosts) =>
        hosts.Count(state => state == HostState.Disconnected) > Math.Max(SilentCountMax, hosts.Count * SilentShareMax);

    /// <summary>What to do, or why the instance is left alone; neither when it is as it should be.</summary>
    private static (PlannedAction? Action, Hold? Hold) Decide(Instance instance, PlannerInput input)
    {
        if (!input.Hosts.TryGetValue(instance.HostId, out var host) || !host.IsCurrent)
            return Leave(instance, Hold.HostNotSeen, "its host has not reported on its current link");
        if (instance.Power == InstancePower.Stopped)
            return _nothing;
        if (!host.Containers.TryGetValue(instance.ContainerName, out var container))
            return DecideMissing(instance, host, input.FleetIsSilent);
        if (container.State is ContainerState.Paused or ContainerState.Removing or ContainerState.Dead)
            return Leave(instance, Hold.ContainerPutAside, $"its container is {container.State.ToString().ToLowerInvariant()}, which a person did");

        return instance.Profile.HoldsData ? DecideNode(instance, host) : DecideService(instance, container);
    }

    private static (PlannedAction? Action, Hold? Hold) DecideMissing(Instance instance, HostObservation host, bool fleetIsSilent)
    {
        if (instance is { Initialised: true, Profile.HoldsData: true } && !host.Volumes.Contains(instance.DataVolume))
            return Leave(instance, Hold.DataGone, $"its data volume {instance.DataVolume} is gone; it is not started over an empty one");
        if (fleetIsSilent)
            return Leave(instance, Hold.FleetSilent, "its container is missing, and nothing is made anew while so many hosts are silent");
        return Do(ActionKind.Ensure, instance, "its container is missing");
    }

    /// <summary>The agent starts a node; the controller only says that it is wanted.</summary>
    private static (PlannedAction? Action, Hold? Hold) DecideNode(Instance instance, HostObservation host)
    {
        if (!host.Instances.TryGetValue(instance.Id, out var record))
            return Do(ActionKind.Ensure, instance, "its agent has no record of it");
        if (record.ConfigHash.Length == 0)
            return Do(ActionKind.Ensure, instance, "its configuration was never written completely");
        return record.Want switch
        {
            InstanceWant.Running => _nothing,
            InstanceWant.Fenced => Leave(instance, Hold.Fenced, "it is fenced"),
            InstanceWant.Stopped or InstanceWant.Unspecified => Do(ActionKind.WantRunning, instance, $"its agent's record says {record.Want.ToString().ToLowerInvariant()}"),
        };
    }

    private static (PlannedAction? Action, Hold? Hold) DecideService(Instance instance, ContainerObservation container) => container.State switch
    {
        ContainerState.Running or ContainerState.Restarting => _nothing,
        ContainerState.Created => Do(ActionKind.Ensure, instance, "its container was never started"),
        ContainerState.Exited => Do(ActionKind.Start, instance, $"its container has exited with code {container.ExitCode}"),
        ContainerState.Unknown or ContainerState.Paused or ContainerState.Removing or ContainerState.Dead => Leave(instance, Hold.ContainerUnknown, "the state of its container is not known"),
    };

    private static (PlannedAction? Action, Hold? Hold) Do(ActionKind kind, Instance instance, string reason) => (new PlannedAction(kind, instance, reason), null);

    private static (PlannedAction? Action, Hold? Hold) Leave(Instance instance, string reason, string message) => (null, new Hold(instance.Member, reason, message));
}
