using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>Whose data is gone, and who can be replaced from what the others of its kind have.</summary>
internal static class ReplacementRules
{
    /// <summary>
    /// The operation that replaces an instance: one at a time, and only while all the others of its kind run with their data, so that it can cost nothing. An instance that an
    /// earlier try did not finish is replaced like one that has lost its data.
    /// </summary>
    public static PlannedOperation? Propose(PlannerInput input)
    {
        if (input.FleetIsSilent)
            return null;
        var lost = input.Instances.OrderBy(instance => instance.Ordinal).Where(instance => IsLost(instance, input)).ToList();
        if (lost.Count != 1 || !DoOthersRun(lost[0], input))
            return null;
        return new PlannedOperation(
            EngineTable.Of(input.Cluster.Effective.Engine).ReplacementOf(lost[0].Kind)!,
            lost[0],
            lost[0].Initialised ? $"the data of {lost[0].Member} is gone" : $"{lost[0].Member} was not made completely");
    }

    /// <summary>Whether its data was there and is not any more. Of a container that is there, only its agent says so for certain.</summary>
    public static bool IsDataGone(Instance instance, HostObservation host) =>
        instance is { Initialised: true, Profile.HoldsData: true }
        && (IsEmptied(instance, host) || IsVolumeGone(instance, host));

    /// <summary>Whether its volume is there and its data is not in it, as its agent has found when it was to start it.</summary>
    public static bool IsEmptied(Instance instance, HostObservation host) => IsTroubled(instance, host, Hold.DataGone);

    /// <summary>Whether its agent has found other data in its volume when it was to start it.</summary>
    public static bool IsForeign(Instance instance, HostObservation host) => IsTroubled(instance, host, Hold.DataForeign);

    private static bool IsTroubled(Instance instance, HostObservation host, string trouble) =>
        host.Instances.GetValueOrDefault(instance.Id) is { } record
        && record.DataTrouble == trouble
        && host.Containers.GetValueOrDefault(instance.ContainerName) is { State: ContainerState.Exited or ContainerState.Created };

    private static bool IsVolumeGone(Instance instance, HostObservation host) =>
        !host.Volumes.Contains(instance.DataVolume)
        && (!host.Containers.TryGetValue(instance.ContainerName, out var container)
            || (container.State is ContainerState.Exited or ContainerState.Created && host.Instances.GetValueOrDefault(instance.Id) is { StartError.Length: > 0 }));

    /// <summary>Whether it takes the place of another and has no data yet: nobody but its operation starts it.</summary>
    public static bool IsUnfinished(Instance instance, Cluster cluster) => !instance.Initialised && IsReplaceable(instance, cluster);

    /// <summary>Whether all the others of its kind run, with their data, as their agents mean to have them.</summary>
    public static bool DoOthersRun(Instance instance, PlannerInput input)
    {
        var others = input.Instances.Where(other => other.Kind == instance.Kind && other.Id != instance.Id).ToList();
        return others.Count > 0 && others.All(other => DoesRun(other, input));
    }

    /// <summary>Whether it runs, with its data, as its agent means to have it.</summary>
    public static bool DoesRun(Instance instance, PlannerInput input) =>
        input.Hosts.TryGetValue(instance.HostId, out var host)
        && host.IsCurrent
        && host.Containers.GetValueOrDefault(instance.ContainerName) is { State: ContainerState.Running, IsDetached: false }
        && host.Instances.GetValueOrDefault(instance.Id) is { Want: InstanceWant.Running }
        && instance.Initialised;

    /// <summary>What is not told completely may be there after all.</summary>
    private static bool IsLost(Instance instance, PlannerInput input) =>
        instance.Power == InstancePower.Running
        && IsReplaceable(instance, input.Cluster)
        && input.Hosts.TryGetValue(instance.HostId, out var host)
        && host is { IsCurrent: true, IsTruncated: false }
        && (!instance.Initialised || IsDataGone(instance, host));

    private static bool IsReplaceable(Instance instance, Cluster cluster) =>
        instance.Profile.HoldsData && EngineTable.Of(cluster.Effective.Engine).ReplacementOf(instance.Kind) is not null;
}
