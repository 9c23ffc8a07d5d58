using Agents.Controller.Execution.Engines;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Stops the nodes that a cluster loses, one at a time, each only while another leads and, where commits wait for replicas, when nothing acknowledged hangs on it any more (<see cref="LeavingSight"/>); then waits until
/// the engine would choose a primary without it. What streams right before is noted: it is a copy, as long as its timeline lasts. A node whose host is away is not stopped: it goes when the engine does not see it either.
/// </summary>
internal sealed class StopLeavingStep(
    IStore store, InstanceBuilder builder, LeavingSight sight, ClusterObserver observer, IEngineDriver driver, IFleetView fleet, FirstSight firstSight, TimeProvider timeProvider) : IOperationStep
{
    private const string Streaming = "streaming";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <summary>For how long the engine lists a node that is gone, and a little more.</summary>
    private static readonly TimeSpan _listedMax = TimeSpan.FromSeconds(40);

    /// <summary>For how long a node that runs may be waited for by nobody while it does not go: its cluster has one less that confirms commits.</summary>
    private static readonly TimeSpan _releasedMax = TimeSpan.FromMinutes(1);

    private readonly StepClock _clock = new(timeProvider);
    private readonly StepClock _released = new(timeProvider);
    private readonly PrimaryWait _primaryWait = new(timeProvider);

    /// <inheritdoc/>
    public string Name => StepNames.StopLeaving;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        foreach (var node in context.Present)
        {
            if (await StopAsync(context, node, cancellationToken) is { } other)
                return other;
        }

        return new StepOutcome.Done(context.Present.Count == 0 ? "removed already" : string.Join(", ", context.Present.Select(node => $"{node.Member} {(IsThere(node) ? "stopped" : $"not seen to run, its host {context.NameOf(node.HostId)} is away")}")));
    }

    /// <summary>Null when a node is down and nobody counts on it.</summary>
    private async Task<StepOutcome?> StopAsync(StepContext context, Instance node, CancellationToken cancellationToken)
    {
        var seen = await observer.ObserveAsync(context.Cluster, context.Instances, cancellationToken);
        if (_primaryWait.Find(context, seen) is { } waiting)
            return waiting;
        var leader = context.Instances.First(other => other.Member == seen!.Primary);
        if (leader.Id == node.Id)
            return new StepOutcome.Failed(ErrorReasons.LeadElsewhere, $"{leader.Member} leads now: hand the lead over first");

        if (!IsThere(node))
            return await AwaitEndAsync(context, node, seen!, cancellationToken) ?? await AwaitUncountedAsync(context, node, leader, cancellationToken);
        if (!IsStopped(node))
        {
            if (context.Cluster.Effective.Durability != Durability.Async && await sight.FindReasonAsync(context, node, leader, seen!, Runs(node), cancellationToken) is { } reason)
                return sight.IsReleased(context, node) && _released.Since(context.Operation.Id) > _releasedMax * context.Present.Count
                    ? new StepOutcome.Failed(ErrorReasons.NodesNeeded, $"{node.Member} is needed: {reason}")
                    : new StepOutcome.Again(reason, _pause, ErrorReasons.NodesNeeded);
            if (seen!.Members.Any(member => member.Name == node.Member && member.State == Streaming))
                await NoteAsync(context, node, seen.TimelineOf(leader.Member), cancellationToken);
        }

        if (!await builder.StopAsync(context.Cluster, node, cancellationToken))
            await NoteAsync(context, node, timeline: null, cancellationToken); // Its container is gone, and what it did last nobody knows.
        return await AwaitUncountedAsync(context, node, leader, cancellationToken)
            ?? (context.Cluster.Effective.Durability != Durability.Async && await sight.FindReasonToKeepAsync(context, node, leader, seen!, cancellationToken) is { } behind ? new StepOutcome.Again(behind, _pause, ErrorReasons.NodesNeeded) : null);
    }

    private async Task<StepOutcome?> AwaitUncountedAsync(StepContext context, Instance node, Instance leader, CancellationToken cancellationToken)
    {
        if (await sight.FindCountAsync(context, node, leader, cancellationToken) is not { } counted)
            return null;
        await driver.WakeAsync(context.Cluster, leader, cancellationToken);
        return new StepOutcome.Again(counted, _pause);
    }

    /// <summary>Whom the engine lists is alive, or was some seconds ago, whatever it is doing: it takes part in its cluster. Null where it does not.</summary>
    private async Task<StepOutcome?> AwaitEndAsync(StepContext context, Instance node, ClusterObservation seen, CancellationToken cancellationToken)
    {
        // Whatever it was before: nobody knows any more that it is stopped, and it may lead when its host is back.
        await NoteAsync(context, node, timeline: null, cancellationToken);
        if (seen.Members.All(member => member.Name != node.Member))
            return null;
        return MayComeBack(node) || _clock.Since(context.Operation.Id) < _listedMax
            ? new StepOutcome.Again($"waiting for {context.NameOf(node.HostId)}, or until the engine sees {node.Member} no more", _pause)
            : new StepOutcome.Failed(
                ErrorReasons.HostsAway,
                $"{node.Member} runs, and its host {context.NameOf(node.HostId)} is away: a node that nobody can stop is not taken out. Try again when its agent is back, or cut the host off the network first");
    }

    private bool IsThere(Instance node) => driver.IsReachable(node) && fleet.Host(node.HostId).IsCurrent;

    private bool Runs(Instance node) => fleet.Host(node.HostId).Containers.GetValueOrDefault(node.ContainerName) is { State: ContainerState.Running };

    /// <summary>Whether an earlier try has stopped it.</summary>
    private bool IsStopped(Instance node) => !Runs(node) && fleet.Host(node.HostId).Instances.GetValueOrDefault(node.Id) is { Want: InstanceWant.Stopped };

    private bool MayComeBack(Instance node) => firstSight.IsAwaited(node.HostId) || fleet.Host(node.HostId).State is HostState.Suspect or HostState.Ready;

    private async Task NoteAsync(StepContext context, Instance node, int? timeline, CancellationToken cancellationToken)
    {
        if (timeline is null && !context.Nodes!.Copies.ContainsKey(node.Id))
            return;
        await store.WriteAsync(
            writer =>
            {
                var operation = Invariant.NotNull(writer.FindOperation(context.Operation.Id), "an operation is never removed while it is open");
                var arguments = NodesArguments.Parse(operation.Arguments);
                var copies = timeline is { } noted ? arguments.Copies.SetItem(node.Id, noted) : arguments.Copies.Remove(node.Id);
                return writer.UpdateOperation(operation with { Arguments = (arguments with { Copies = copies }).ToJson() });
            },
            cancellationToken);
    }
}
