using System.Collections.Immutable;
using System.Globalization;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>
/// Decides what to do next for a cluster that is kept as its record says, running or stopped. It never moves anything, and never starts data that is gone: those are operations, one of which it may propose. It
/// takes away no container but one that is of no use as it is, and never a volume.
/// Rules: one owner at a time; nothing on stale sight; nothing made anew while much of the fleet is silent; one configuration at a time.
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
        var mayConfigure = input.MayConfigure;
        foreach (var instance in input.Instances.OrderBy(instance => instance.Profile.StartOrder).ThenBy(instance => instance.Ordinal))
        {
            var (action, hold) = Decide(instance, input, mayConfigure);
            mayConfigure &= action?.Kind != ActionKind.Configure;
            if (action is not null)
                actions.Add(action);
            if (hold is not null)
                held.Add(hold);
        }

        return new Plan(actions.ToImmutable(), held.ToImmutable(), FailoverRules.Propose(input) ?? ReplacementRules.Propose(input));
    }

    /// <summary>Whether so many hosts are silent at once that nothing may be replaced.</summary>
    /// <param name="hosts">All hosts of the fleet.</param>
    public static bool IsFleetSilent(IReadOnlyCollection<HostState> hosts) =>
        hosts.Count(state => state == HostState.Disconnected) > Math.Max(SilentCountMax, hosts.Count * SilentShareMax);

    /// <summary>What to do, or why the instance is left alone; neither when it is as it should be.</summary>
    private static (PlannedAction? Action, Hold? Hold) Decide(Instance instance, PlannerInput input, bool mayConfigure)
    {
        if (!input.Hosts.TryGetValue(instance.HostId, out var host) || !host.IsCurrent)
            return Leave(instance, Hold.HostNotSeen, host is { StateReason.Length: > 0 } ? $"its host is not seen: {host.StateReason}" : "its host has not reported on its current link");
        if (instance.Power == InstancePower.Stopped)
            return DecideStopped(instance, host, input);
        if (StopRules.FindFirst(instance, host, input) is { } first)
            return Leave(instance, Hold.StartWaits, $"{first.Member} took the writes when the cluster was stopped, and commits waited for no replica: it is started when that leads");
        if (ReplacementRules.IsUnfinished(instance, input.Cluster))
            return Leave(instance, Hold.ReplacementUnfinished, "it takes the place of one that has lost its data, and has not got it from the others yet");
        if (host.IsTruncated && !IsToldOf(instance, host))
            return Leave(instance, Hold.HostNotSeen, "its host has more than it tells, and not all of this instance is among that");
        if (ReplacementRules.IsDataGone(instance, host))
            return DecideDataGone(instance, host, input);
        if (ReplacementRules.IsForeign(instance, host))
            return Leave(instance, Hold.DataForeign, $"its data volume {instance.DataVolume} holds other data than it had; it is not started over that");
        if (!host.Containers.TryGetValue(instance.ContainerName, out var container))
            return DecideMissing(instance, input.FleetIsSilent);
        if (container.State is ContainerState.Paused or ContainerState.Removing or ContainerState.Dead)
            return Leave(instance, Hold.ContainerPutAside, $"its container is {container.State.ToString().ToLowerInvariant()}, which a person did");
        if (!host.Instances.TryGetValue(instance.Id, out var record))
            return Do(ActionKind.Ensure, instance, "its agent has no record of it");
        if (record.Want == InstanceWant.Fenced)
            return Leave(instance, Hold.Fenced, "it is fenced");

        return container.IsDetached ? DecideDetached(instance, input.FleetIsSilent)
            : record.ConfigHash.Length == 0 ? Do(ActionKind.Ensure, instance, "its configuration was never written completely")
            : record.ConfigHash != instance.ConfigHash || !record.ConfigComplete ? DecideConfiguration(instance, container, record, input, mayConfigure)
            : instance.Profile.HoldsData ? DecideNode(instance, container, record, input) : DecideService(instance, container);
    }

    private static (PlannedAction? Action, Hold? Hold) DecideStopped(Instance instance, HostObservation host, PlannerInput input) =>
        !StopRules.IsUp(instance, host) ? _nothing
        : host.Containers[instance.ContainerName].State == ContainerState.Paused ? Leave(instance, Hold.ContainerPutAside, "its container is paused, which a person did; it is stopped when that ends")
        : StopRules.FindEarlier(instance, input) is { } earlier ? Leave(instance, Hold.StopWaits, $"it is stopped after {earlier.Member}")
        : Do(ActionKind.Stop, instance, "it runs, and its cluster is stopped");

    /// <summary>A node whose volume was emptied gets its data from the primary, while one takes writes: beginning an empty database is then nothing that its engine could do.</summary>
    private static (PlannedAction? Action, Hold? Hold) DecideDataGone(Instance instance, HostObservation host, PlannerInput input)
    {
        if (!ReplacementRules.IsEmptied(instance, host))
            return Leave(instance, Hold.DataGone, $"its data volume {instance.DataVolume} is gone; it is not started over an empty one");
        // What it last said is some seconds old: its container is seen to run now.
        var primary = input.Instances.FirstOrDefault(other => other.Member == input.Primary && other.Id != instance.Id && ReplacementRules.DoesRun(other, input));
        var isRunnable = host.Instances.GetValueOrDefault(instance.Id) is { Want: not InstanceWant.Fenced } && !input.FleetIsSilent;
        return instance.Profile.IsNode && isRunnable && primary is not null
            ? Do(ActionKind.Rebuild, instance, $"its data is not in its volume any more, and {primary.Member} has it")
            : Leave(instance, Hold.DataGone, $"its data is not in its volume {instance.DataVolume} any more; it is not started over an empty one");
    }

    /// <summary>What is not told completely may be there after all.</summary>
    private static bool IsToldOf(Instance instance, HostObservation host) =>
        host.Containers.ContainsKey(instance.ContainerName)
        && host.Instances.ContainsKey(instance.Id)
        && (!instance.Profile.HoldsData || host.Volumes.Contains(instance.DataVolume));

    private static (PlannedAction? Action, Hold? Hold) DecideMissing(Instance instance, bool fleetIsSilent) => fleetIsSilent
        ? Leave(instance, Hold.FleetSilent, "its container is missing, and nothing is made anew while so many hosts are silent")
        : Do(ActionKind.Ensure, instance, "its container is missing");

    private static (PlannedAction? Action, Hold? Hold) DecideDetached(Instance instance, bool fleetIsSilent) => fleetIsSilent
        ? Leave(instance, Hold.FleetSilent, "its container is not in its network any more, and nothing is made anew while so many hosts are silent")
        : Do(ActionKind.Remake, instance, "its container is not in its network any more");

    /// <summary>One at a time; and what is stopped and started again for it only while all the others of its kind run. What is down already can only win: two would wait for each other.</summary>
    private static (PlannedAction? Action, Hold? Hold) DecideConfiguration(
        Instance instance, ContainerObservation container, InstanceObservation record, PlannerInput input, bool mayConfigure)
    {
        var reason = record.ConfigComplete ? "its configuration is another than it should be" : "its configuration was not written to its end";
        if (!mayConfigure)
            return Leave(instance, Hold.ConfigurationWaits, $"{reason}, and another was put into force just now");
        var isDown = container.State is ContainerState.Exited or ContainerState.Created;
        if (!isDown && instance.Profile.ReloadSignal.Length == 0 && !ReplacementRules.DoOthersRun(instance, input))
            return Leave(instance, Hold.ConfigurationWaits, $"{reason}, and it is started again only while all other {instance.Profile.Nouns} run");
        return Do(ActionKind.Configure, instance, reason);
    }

    /// <summary>The agent starts a node; the controller only says that it is wanted.</summary>
    private static (PlannedAction? Action, Hold? Hold) DecideNode(Instance instance, ContainerObservation container, InstanceObservation record, PlannerInput input) => record.Want switch
    {
        // Made after its cluster, as when its host was away: from now on its volume is looked at before it is started.
        InstanceWant.Running when !instance.Initialised && container.State == ContainerState.Running && input.Holders.Contains(instance.Member) => Do(ActionKind.NoteData, instance, "it holds data now"),
        InstanceWant.Running when record.Hang.Length > 0 && container.State == ContainerState.Running => Leave(instance, Hold.Hung, record.Hang),
        InstanceWant.Running when instance.Profile.IsNode && record.HangTimeout != HangRules.TimeoutOf(input.Cluster) =>
            Do(ActionKind.SetHangTimeout, instance, $"its agent bears no answer for {Seconds(record.HangTimeout)} and is to for {Seconds(HangRules.TimeoutOf(input.Cluster))}"),
        InstanceWant.Running => _nothing,
        InstanceWant.Fenced => Leave(instance, Hold.Fenced, "it is fenced"),
        InstanceWant.Stopped or InstanceWant.Unspecified => Do(ActionKind.WantRunning, instance, $"its agent's record says {record.Want.ToString().ToLowerInvariant()}"),
    };

    private static (PlannedAction? Action, Hold? Hold) DecideService(Instance instance, ContainerObservation container) => container.State switch
    {
        ContainerState.Running or ContainerState.Restarting => _nothing,
        ContainerState.Created => Do(ActionKind.Ensure, instance, "its container was never started"),
        ContainerState.Exited => Do(ActionKind.Start, instance, $"its container has exited with code {container.ExitCode}"),
        ContainerState.Unknown or ContainerState.Paused or ContainerState.Removing or ContainerState.Dead => Leave(instance, Hold.ContainerUnknown, "the state of its container is not known"),
    };

    private static string Seconds(TimeSpan time) => time == TimeSpan.Zero ? "ever" : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} s");

    private static (PlannedAction? Action, Hold? Hold) Do(ActionKind kind, Instance instance, string reason) => (new PlannedAction(kind, instance, reason), null);

    private static (PlannedAction? Action, Hold? Hold) Leave(Instance instance, string reason, string message) => (null, new Hold(instance.Member, reason, message));
}
