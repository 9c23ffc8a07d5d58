using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Restarts PostgreSQL on the replicas, one at a time, and each only while all of them stream, are close to the primary, and are counted on: commits wait for nobody who is away, and another could take over all the
/// time. Nobody is led there to read meanwhile, and who reads there is waited for before.
/// </summary>
internal sealed class RestartReplicasStep(Restarts restarts, ReadDrain drain, ClusterObserver observer, IEngineDriver driver, TimeProvider timeProvider) : IOperationStep
{
    private const string Streaming = "streaming";
    private const long LagMaxBytes = 1024 * 1024;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private readonly DrainTurns _turns = new(drain, timeProvider);

    /// <inheritdoc/>
    public string Name => StepNames.RestartReplicas;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var nodes = context.Instances.Where(instance => instance.Profile.IsNode).ToList();
        if (nodes.Count == 1)
            return new StepOutcome.Done("it has none");
        if (await observer.ObserveAsync(context.Cluster, context.Instances, cancellationToken) is not { Primary: { } primary } seen)
            return new StepOutcome.Again("waiting for a primary", _pause, ErrorReasons.NoPrimary);

        var replicas = nodes.Where(node => node.Member != primary).ToList();
        var done = await Task.WhenAll(replicas.Where(node => seen.Nodes.Any(sight => sight.Member == node.Member && sight.HasAnswered)).Select(async node =>
            (node.Member, IsDone: await restarts.IsDoneAsync(context.Operation, node, cancellationToken))));
        var restarted = done.Where(node => node.IsDone).Select(node => node.Member).ToHashSet(StringComparer.Ordinal);
        var message = $"{restarted.Count} of {replicas.Count} restarted";
        if (replicas.Where(node => !IsClose(seen, node)).Select(node => node.Member).ToList() is { Count: > 0 } away)
            return new StepOutcome.Again($"{message}, waiting until {string.Join(", ", away)} {(away.Count == 1 ? "streams" : "stream")} and {(away.Count == 1 ? "is" : "are")} close to the primary", _pause);
        if (DurabilityRules.Overlooked(seen, context.Cluster.Effective.Durability) is { IsEmpty: false } overlooked)
        {
            await driver.WakeAsync(context.Cluster, nodes.First(node => node.Member == primary), cancellationToken);
            return new StepOutcome.Again($"{message}, waiting for the engine to count on {string.Join(", ", overlooked)}", _pause);
        }

        var next = replicas.FirstOrDefault(node => !restarted.Contains(node.Member));
        if (await _turns.TakeAsync(context, next, nodes.First(node => node.Member == primary), seen, cancellationToken) is { Length: > 0 } waiting)
            return new StepOutcome.Again($"{message}, {waiting}", _pause);
        if (next is null)
            return new StepOutcome.Done(message);
        return await driver.RestartAsync(context.Cluster, next, cancellationToken) is { Length: > 0 } refusal
            ? new StepOutcome.Failed(ErrorReasons.RestartRefused, $"{next.Member} was not restarted: {refusal}")
            : new StepOutcome.Again($"{next.Member} was restarted", _pause);
    }

    private static bool IsClose(ClusterObservation seen, Instance node) =>
        seen.Members.FirstOrDefault(member => member.Name == node.Member) is { State: Streaming, SyncState.Length: > 0, LagBytes: <= LagMaxBytes };
}
