using Agents.Controller.Execution.Engines;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Stops the nodes that a cluster loses, one at a time, each only while another leads and, where commits wait for replicas, one that stays confirms them; then waits until the engine would choose a primary
/// without it. What streams right before is noted: it is a copy, as long as its timeline lasts. A node whose host is away is not stopped: it goes when the engine does not see it either.
/// </summary>
internal sealed class StopLeavingStep(IStore store, InstanceBuilder builder, ClusterObserver observer, IEngineDriver driver, IFleetView fleet, FirstSight firstSight, TimeProvider timeProvider) : IOperationStep
{
    private const string Streaming = "streaming";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <summary>For how long the engine lists a node that is gone, and a little more.</summary>
    private static readonly TimeSpan _listedMax = TimeSpan.FromSeconds(40);

    private readonly StepClock _clock = new(timeProvider);

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
        if (await observer.ObserveAsync(context.Cluster, context.Instances, cancellationToken) is not { Primary: { } primary } seen)
            return new StepOutcome.Again("waiting for a primary", _pause, ErrorReasons.NoPrimary);
        if (primary == node.Member)
            return new StepOutcome.Failed(ErrorReasons.LeadElsewhere, $"{primary} leads now: hand the lead over first");
        if (context.Cluster.Effective.Durability != Durability.Async && !LeavingNodes.ConfirmingOf(seen, context.Others.Where(other => other.Profile.IsNode)).Any())
            return new StepOutcome.Again("waiting until a replica that stays confirms commits", _pause, ErrorReasons.NodesNeeded);

        if (!IsThere(node))
        {
            // Whatever it was before: nobody knows any more that it is stopped, and it may lead when its host is back.
            await NoteAsync(context, node, timeline: null, cancellationToken);
            // Whom the engine lists is alive, or was some seconds ago, whatever it is doing: it takes part in its cluster.
            if (seen.Members.Any(member => member.Name == node.Member))
                return MayComeBack(node) || _clock.Since(context.Operation.Id) < _listedMax
                    ? new StepOutcome.Again($"waiting for {context.NameOf(node.HostId)}, or until the engine sees {node.Member} no more", _pause)
                    : new StepOutcome.Failed(
                        ErrorReasons.HostsAway,
                        $"{node.Member} runs, and its host {context.NameOf(node.HostId)} is away: a node that nobody can stop is not taken out. Try again when its agent is back, or cut the host off the network first");
        }
        else
        {
            var streams = seen.Members.Any(member => member.Name == node.Member && member.State == Streaming);
            if (streams)
                await NoteAsync(context, node, seen.TimelineOf(primary), cancellationToken);
            await builder.StopAsync(context.Cluster, node, cancellationToken);
        }

        var leader = context.Instances.First(other => other.Member == primary);
        switch (await driver.IsCountedOnAsync(context.Cluster, context.Instances, node, leader, cancellationToken))
        {
            case false:
                return null;
            case true:
                await driver.WakeAsync(context.Cluster, leader, cancellationToken);
                return new StepOutcome.Again($"waiting until the engine counts on {node.Member} no more", _pause);
            case null:
                return new StepOutcome.Again($"waiting until the engine's store can be read, and says that {primary} leads", _pause);
        }
    }

    private bool IsThere(Instance node) => driver.IsReachable(node) && fleet.Host(node.HostId).IsCurrent;

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
