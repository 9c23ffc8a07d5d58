using System.Collections.Immutable;
using Agents.Controller.Execution.Engines;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Notes which node is the primary and how far each has come, before any is stopped: by this the primary is stopped last, and started first, and by this a cluster comes back from the trash.
/// What nobody can tell is not waited for: a delete of a broken cluster ends too.
/// </summary>
internal sealed class NotePositionsStep(IStore store, IAgents agents, IFleetView fleet, FirstSight firstSight, IEngineDriver driver) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => StepNames.NotePositions;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Instances.Any(instance => firstSight.IsAwaited(instance.HostId)))
            return new StepOutcome.Again("waiting for hosts that have not linked since the start");
        if (context.Operation.Kind == OperationKinds.PostgresClusterStop && !context.Cluster.IsStopped)
            return new StepOutcome.Failed(ErrorReasons.NotStopped, "the cluster is meant to run");
        // Noted by a try whose end was lost: since then nodes may have been stopped.
        var noted = context.Cluster.Trash is not null ? context.Cluster : await NoteAsync(context, cancellationToken);
        return new StepOutcome.Done(context.Instances.FirstOrDefault(node => node.Id == noted.FormerPrimary) is { } primary ? $"{primary.Member} is the primary" : "nobody knows which node is the primary");
    }

    private async Task<Cluster> NoteAsync(StepContext context, CancellationToken cancellationToken)
    {
        var positions = await FindPositionsAsync(context, cancellationToken);
        return await store.WriteAsync(
            writer =>
            {
                var cluster = Invariant.NotNull(writer.FindCluster(context.Cluster.Id), "the cluster of an open operation exists");
                var noted = cluster.Lifecycle == ClusterLifecycle.Deleting
                    ? cluster with { Trash = new Trash { Instances = [.. context.Instances], Nodes = positions } }
                    : cluster with { Stopped = new Stopped { Nodes = positions } };
                Invariant.Require(writer.UpdateCluster(noted, cluster.Generation), "a cluster does not change within one transaction");
                return noted;
            },
            cancellationToken);
    }

    /// <summary>What is noted already is kept; but where nodes may have run since, whoever takes writes now is asked for first.</summary>
    private async Task<ImmutableArray<Trash.Position>> FindPositionsAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Cluster.Stopped is not { Primary: not null } known)
            return await AskAllAsync(context, cancellationToken);
        if (known.IsOutdated && await AskAllAsync(context, cancellationToken) is var asked && asked.Any(position => position.Role == Trash.NodeRole.Primary))
            return asked;
        return await UpdateAsync(context, known, cancellationToken);
    }

    /// <summary>The note of an earlier try, or of an earlier stop, with what the nodes say that run now. A start may have brought somebody to take writes of whom nobody answers any more.</summary>
    private async Task<ImmutableArray<Trash.Position>> UpdateAsync(StepContext context, Stopped known, CancellationToken cancellationToken)
    {
        var nodes = context.Instances.Where(instance => instance.Profile.IsNode).ToList();
        var seen = await Task.WhenAll(nodes.Select(node => PrimaryNote.FindPositionAsync(agents, node, cancellationToken)));
        var isGuess = known.IsOutdated && seen.All(position => position is null);
        var updated = nodes.Zip(seen).Where(node => node.Second is not null).Aggregate(known, (note, node) => note.After(node.First.Id, node.Second));
        return isGuess ? [.. known.Nodes.Select(position => position with { Role = Trash.NodeRole.Unknown })] : updated.Nodes;
    }

    private async Task<ImmutableArray<Trash.Position>> AskAllAsync(StepContext context, CancellationToken cancellationToken)
    {
        var nodes = context.Instances.Where(instance => instance.Profile.IsNode).ToList();
        var leader = await driver.FindPrimaryAsync(context.Instances, cancellationToken);
        var seen = await Task.WhenAll(nodes.Select(node => PrimaryNote.FindPositionAsync(agents, node, cancellationToken)));
        var leads = leader?.Id ?? await FindUnheardPrimaryAsync(context, nodes, seen, cancellationToken);
        // Who is out of sight leads on the timeline of those that follow it, as far as anybody knows.
        var timeline = seen.Max(position => position?.Timeline) ?? 0;
        return [.. nodes.Zip(seen, (node, position) => PositionOf(node, position, leads, timeline))];
    }

    /// <summary>
    /// The primary may be the very node that nobody hears. It is who the others say now. What was last seen of it counts only where all others are heard to follow: one that is out
    /// of sight may have been made primary since. And who is heard to follow is no primary any more.
    /// </summary>
    private async Task<InstanceId?> FindUnheardPrimaryAsync(StepContext context, List<Instance> nodes, WalPosition?[] seen, CancellationToken cancellationToken)
    {
        var observation = await driver.ObserveAsync(context.Cluster, context.Instances, cancellationToken);
        if (observation?.Leaders.Count() > 1)
            return null; // Each may have rows that the others have not: a person chooses.
        var told = IndexOfPrimary(observation, nodes);
        if (told >= 0 && seen[told] is not { InRecovery: true })
            return nodes[told].Id;
        var last = IndexOfPrimary(fleet.Cluster(context.Cluster.Id), nodes);
        return last >= 0 && seen[last] is not { InRecovery: true } && seen.Where((_, other) => other != last).All(other => other is { InRecovery: true }) ? nodes[last].Id : null;
    }

    private static int IndexOfPrimary(ClusterObservation? observation, List<Instance> nodes) =>
        observation?.Members.Where(member => member.IsPrimary).ToList() is [var primary] ? nodes.FindIndex(node => node.Member == primary.Name) : -1;

    private static Trash.Position PositionOf(Instance node, WalPosition? seen, InstanceId? leads, int timeline)
    {
        var role = node.Id == leads ? Trash.NodeRole.Primary : leads is not null || seen is { InRecovery: true } ? Trash.NodeRole.Replica : Trash.NodeRole.Unknown;
        return new Trash.Position(node.Id, role, seen?.Timeline ?? (node.Id == leads ? timeline : 0), seen?.Bytes ?? 0);
    }
}
