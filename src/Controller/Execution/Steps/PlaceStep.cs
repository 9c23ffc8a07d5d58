using System.Collections.Immutable;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Domain.Scheduling;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>Chooses hosts, ports and networks, tries the ports between the hosts, and freezes the plan. Once frozen it is never made again.</summary>
internal sealed class PlaceStep(IStore store, IFleetView fleet, FirstSight firstSight, PortProbe probe) : IOperationStep
{
    private const int TriesMax = 5;

    /// <inheritdoc/>
    public string Name => StepNames.Place;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Instances.Count > 0)
            return Frozen(context, context.Instances);

        var taken = ImmutableHashSet<(HostId, int)>.Empty;
        for (var attempt = 0; attempt < TriesMax; attempt++)
        {
            var placement = await PlaceAsync(context.Cluster, taken, cancellationToken);
            if (placement.Problem is { } problem)
                return Infeasible(context, problem, placement);

            var result = await probe.CheckAsync(placement.Instances, context.NameOf, cancellationToken);
            if (result.Blocked.Count > 0)
                return new StepOutcome.Failed(ErrorReasons.PortBlocked, BlockedMessage(result.Blocked));
            if (result.Taken.Count == 0)
                return await FreezeAsync(context, placement, cancellationToken);
            taken = taken.Union(result.Taken);
        }

        return new StepOutcome.Failed(
            ErrorReasons.PortTaken,
            $"after {TriesMax} plans there are still ports that something else holds ({string.Join(", ", taken.Select(port => $"{context.NameOf(port.Item1)}:{port.Item2}"))}): free them or give the agents another port range");
    }

    private StepOutcome Infeasible(StepContext context, string problem, Placement placement) => context.HostNames.Keys.Any(MayComeBack)
        ? new StepOutcome.Again($"waiting for hosts that may be back soon: {WithReasons(problem, placement)}")
        : new StepOutcome.Failed(ErrorReasons.NoPlacement, WithReasons(problem, placement));

    /// <summary>A link that was lost just now, or was not made yet, is no reason to refuse a cluster: the step's limit is.</summary>
    private bool MayComeBack(HostId host) => firstSight.IsAwaited(host) || fleet.Host(host).State == HostState.Suspect;

    private Task<Placement> PlaceAsync(Cluster cluster, ImmutableHashSet<(HostId Host, int Port)> taken, CancellationToken cancellationToken) =>
        store.ReadAsync(
            reader => Scheduler.Place(
                new PlacementRequest(cluster.Ref, cluster.Project, cluster.Name, cluster.Effective, cluster.NextOrdinal, cluster.Revision, ImagesOf(reader, cluster)),
                Candidates.Of(reader, fleet, cluster.Project).Select(candidate => candidate with
                {
                    UsedPorts = candidate.UsedPorts.Union(taken.Where(port => port.Host == candidate.Host.Id).Select(port => port.Port)),
                })),
            cancellationToken);

    private static ImageSet ImagesOf(IStoreReader reader, Cluster cluster) =>
        Invariant.NotNull(reader.FindImageSet(cluster.ImageSet), $"image set {cluster.ImageSet} is in the store");

    private async Task<StepOutcome> FreezeAsync(StepContext context, Placement placement, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(
                writer =>
                {
                    var cluster = Invariant.NotNull(writer.FindCluster(context.Cluster.Id), "the cluster of an open operation exists");
                    if (writer.ListInstances(cluster.Ref).Count > 0)
                        return false; // Frozen by an earlier try whose answer was lost.
                    writer.AddInstances(placement.Instances);
                    Invariant.Require(
                        writer.UpdateCluster(cluster with { NextOrdinal = cluster.NextOrdinal + placement.Instances.Length }, cluster.Generation),
                        "a cluster does not change within one transaction");
                    return true;
                },
                cancellationToken);
            return Frozen(context, placement.Instances);
        }
        catch (PlacementTakenException exception)
        {
            return new StepOutcome.Again($"planning again: {exception.Message}");
        }
    }

    private static StepOutcome.Done Frozen(StepContext context, IReadOnlyCollection<Instance> instances) => new(string.Join(
        "; ",
        instances.GroupBy(instance => instance.HostId).Select(host => $"{context.NameOf(host.Key)}: {string.Join(", ", host.Select(instance => instance.Member))}").Order(StringComparer.Ordinal)));

    private static string WithReasons(string problem, Placement placement)
    {
        var reasons = placement.Hosts.Where(host => !host.Feasible).Select(host => $"{host.Host}: {string.Join(", ", host.Reasons)}").ToList();
        return reasons.Count == 0 ? problem : $"{problem} ({string.Join("; ", reasons)})";
    }

    private static string BlockedMessage(IReadOnlyList<string> blocked) =>
        $"{string.Join("; ", blocked.Take(10))}{(blocked.Count > 10 ? $"; and {blocked.Count - 10} more" : "")}: allow TCP between the hosts on the agents' port ranges, then create the cluster again";
}
