using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Tries the plan that was taken together with the request: every host binds its ports, and all others dial them. What something else holds, and a host that has gone away, is planned
/// around, and so is a single host that is at every blocked way: the cluster gives back what it has and takes what it gets instead in one transaction, so only ports that are its own are ever tried. Nothing is made on any host before.
/// </summary>
internal sealed class PlaceStep(IStore store, IFleetView fleet, FirstSight firstSight, Candidates candidates, Strangers strangers, PortProbe probe, TimeProvider timeProvider) : IOperationStep
{
    private static readonly TimeSpan _pauseMax = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Name => StepNames.Place;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var hosts = context.Present.Select(instance => instance.HostId).Distinct().ToList();
        if (hosts.Exists(firstSight.IsAwaited))
            return new StepOutcome.Again($"waiting for {Names(context, hosts.Where(firstSight.IsAwaited))}, not heard since the controller started");
        if (hosts.Count == 0)
            return await PlanAsync(context, "planned anew", "", cancellationToken);
        if (hosts.Exists(IsAway))
            return await PlanAsync(context, $"{Names(context, hosts.Where(IsAway))} not ready", "", cancellationToken);

        var result = await probe.CheckAsync(context.Present, [.. context.Others.Select(instance => instance.HostId).Where(host => !IsAway(host))], context.NameOf, cancellationToken);
        if (result.Blocked.Count > 0)
            return await PlanWithoutAsync(context, result, cancellationToken);
        if (result.Taken.Count == 0)
            return Placed(context);
        foreach (var (host, port) in result.Taken)
            strangers.Note(host, port);
        return await PlanAsync(
            context,
            $"something else holds {string.Join(", ", result.Taken.Select(port => $"{context.NameOf(port.Host)}:{port.Port}"))}: free them or give the agents another port range",
            ErrorReasons.PortTaken,
            cancellationToken);
    }

    private bool IsAway(HostId host) => fleet.Host(host).State != HostState.Ready;

    /// <summary>A link that was lost just now, or was not made yet, is no reason to refuse a cluster: the step's limit is.</summary>
    private bool MayComeBack(HostId host) => firstSight.IsAwaited(host) || fleet.Host(host).State == HostState.Suspect;

    private async Task<StepOutcome> PlanAsync(StepContext context, string why, string reason, CancellationToken cancellationToken)
    {
        try
        {
            var placement = await store.WriteAsync(writer => Replace(writer, context), cancellationToken);
            if (placement.IsFeasible)
                return reason.Length == 0 ? new StepOutcome.Again($"planned again: {why}") : new StepOutcome.Again($"planned again: {why}", PauseAfter(context), reason);
            var problem = $"{why}; {WithReasons(placement)}";
            return context.HostNames.Keys.Any(MayComeBack)
                ? new StepOutcome.Again($"waiting for hosts that may be back soon: {problem}")
                : new StepOutcome.Failed(ErrorReasons.NoPlacement, problem);
        }
        catch (PlacementTakenException exception)
        {
            return new StepOutcome.Again($"planning again: {exception.Message}");
        }
    }

    /// <summary>One agent's word, or one host's firewall, ends no create that has other hosts to go to.</summary>
    private async Task<StepOutcome> PlanWithoutAsync(StepContext context, PortProbeResult result, CancellationToken cancellationToken)
    {
        var ways = WaysOf(result.Blocked);
        if (result.FindCulprit(context.Present.Select(instance => instance.HostId).ToHashSet()) is not { } host)
            return Blocked();
        strangers.Note(context.Operation.Id, host);
        var warning = $"planned without {context.NameOf(host)}: {ways}";
        try
        {
            return (await store.WriteAsync(writer => Replace(writer, context, warning), cancellationToken)).IsFeasible ? new StepOutcome.Again(warning) : Blocked();
        }
        catch (PlacementTakenException exception)
        {
            return new StepOutcome.Again($"planning again: {exception.Message}");
        }

        StepOutcome.Failed Blocked() => new(ErrorReasons.PortBlocked, $"{ways}: allow TCP between the hosts on the agents' port ranges, then ask for it again");
    }

    /// <summary>Gives back what the cluster has and takes what it gets instead; changes nothing where it gets nothing. Instances of which nothing was made keep their ordinals.</summary>
    private Placement Replace(IStoreWriter writer, StepContext context, string warning = "")
    {
        var cluster = Invariant.NotNull(writer.FindCluster(context.Cluster.Id), "the cluster of an open operation exists");
        var images = Invariant.NotNull(writer.FindImageSet(cluster.ImageSet), $"image set {cluster.ImageSet} is in the store");
        var present = writer.ListInstances(cluster.Ref).ToLookup(context.IsPresent);
        var (planned, others) = (present[true].ToList(), present[false].ToList());
        var first = planned.Count > 0 ? planned.Min(instance => instance.Ordinal) : cluster.NextOrdinal;
        var placement = Scheduler.Place(
            new PlacementRequest(cluster.Ref, cluster.Project, cluster.Name, cluster.Effective, first, cluster.Revision, images) { Present = others },
            [.. candidates.Of(writer, cluster.Project, cluster.Ref).Where(candidate => !strangers.IsLeftOut(context.Operation.Id, candidate.Host.Id))]);
        if (!placement.IsFeasible)
            return placement;

        foreach (var instance in planned)
            writer.RemoveInstance(instance.Id);
        writer.AddInstances(placement.Instances);
        var next = Math.Max(cluster.NextOrdinal, first + placement.Instances.Length);
        Invariant.Require(writer.UpdateCluster(cluster with { NextOrdinal = next }, cluster.Generation), "a cluster does not change within one transaction");
        if (warning.Length > 0 && writer.FindOperation(context.Operation.Id) is { } operation)
            writer.UpdateOperation(operation.Warned(warning));
        return placement;
    }

    /// <summary>Grows with the time that the step has taken already.</summary>
    private TimeSpan PauseAfter(StepContext context)
    {
        var since = timeProvider.GetUtcNow() - (context.Operation.Steps.First(step => step.Name == Name).StartedAt ?? timeProvider.GetUtcNow());
        return TimeSpan.FromTicks(Math.Clamp(since.Ticks / 2, 0, _pauseMax.Ticks));
    }

    private static StepOutcome.Done Placed(StepContext context) => new(string.Join(
        "; ",
        context.Present.GroupBy(instance => instance.HostId)
            .Select(host => $"{context.NameOf(host.Key)}: {string.Join(", ", host.Select(instance => instance.Member))}").Order(StringComparer.Ordinal)));

    private static string Names(StepContext context, IEnumerable<HostId> hosts) => string.Join(", ", hosts.Select(context.NameOf).Order(StringComparer.Ordinal));

    private static string WithReasons(Placement placement)
    {
        var reasons = placement.Hosts.Where(host => !host.Feasible).Select(host => $"{host.Host}: {string.Join(", ", host.Reasons)}").ToList();
        return reasons.Count == 0 ? placement.Problem! : $"{placement.Problem} ({string.Join("; ", reasons)})";
    }

    private static string WaysOf(IReadOnlyList<PortProbeResult.Way> blocked) =>
        $"{string.Join("; ", blocked.Take(10).Select(way => way.Message))}{(blocked.Count > 10 ? $"; and {blocked.Count - 10} more" : "")}";
}
