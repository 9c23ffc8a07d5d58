using System.Collections.Concurrent;
using Agents.Controller.Execution.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Execution;

/// <summary>
/// Says whether a node of a cluster whose commits wait for replicas can be stopped so that nothing acknowledged hangs on it and the primary alone. First the engine is to count on it no more; then a replica that stays, and
/// for which commits wait, has to have come as far as the primary was after that: what the node alone has confirmed is before it, and what comes later waits for the others.
/// </summary>
internal sealed class LeavingSight(InstanceBuilder builder, IEngineDriver driver)
{
    private const int CountMax = 1000;

    /// <summary>How far the primary was when a node was counted on no more. Of another process it is asked for anew, and is further.</summary>
    private readonly ConcurrentDictionary<(OperationId Operation, InstanceId Node), long> _wanted = [];

    /// <summary>What a stop of a node waits for; null for nothing. Throws what <see cref="IAgent"/> throws of the primary's host.</summary>
    /// <param name="context">The operation, which is about the nodes that go.</param>
    /// <param name="node">The node.</param>
    /// <param name="leader">The primary.</param>
    /// <param name="seen">What the engine said, just now.</param>
    /// <param name="runs">Whether the node runs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<string?> FindReasonAsync(StepContext context, Instance node, Instance leader, ClusterObservation seen, bool runs, CancellationToken cancellationToken)
    {
        if (runs)
            await ReleaseAsync(context, node, cancellationToken);
        var key = (context.Operation.Id, node.Id);
        if (await FindCountAsync(context, node, leader, cancellationToken) is { } counted)
        {
            _wanted.TryRemove(key, out _);
            if (runs)
                await driver.WakeAsync(context.Cluster, node, cancellationToken);
            await driver.WakeAsync(context.Cluster, leader, cancellationToken);
            return counted;
        }

        if (_wanted.Count > CountMax)
            _wanted.Clear();
        if (!_wanted.TryGetValue(key, out var wanted))
            wanted = _wanted[key] = (await builder.AgentOf(leader.HostId).GetPositionAsync(leader.Id, cancellationToken)).Bytes;
        var staying = context.Others.Where(other => other.Profile.IsNode).ToList();
        var confirming = LeavingNodes.ConfirmingOf(seen, staying).ToHashSet(StringComparer.Ordinal);
        if (confirming.Count == 0)
            return "waiting until a replica that stays confirms commits";
        var positions = await Task.WhenAll(staying.Where(other => confirming.Contains(other.Member)).Select(other => FindPositionAsync(other, cancellationToken)));
        return positions.Any(position => position >= wanted) ? null : $"waiting until a replica that stays has what {node.Member} may have confirmed ({string.Join(", ", confirming.Order(StringComparer.Ordinal))} not yet)";
    }

    /// <summary>Why the engine may count on a node; null where it does not.</summary>
    public async Task<string?> FindCountAsync(StepContext context, Instance node, Instance leader, CancellationToken cancellationToken) =>
        await driver.IsCountedOnAsync(context.Cluster, context.Instances, node, leader, cancellationToken) switch
        {
            false => null,
            true => $"waiting until the engine counts on {node.Member} no more",
            null => $"waiting until the engine's store can be read, and says that {leader.Member} leads",
        };

    /// <summary>Has a node say that nobody is to wait for it, where it does not yet.</summary>
    private async Task ReleaseAsync(StepContext context, Instance node, CancellationToken cancellationToken)
    {
        var blueprint = (await builder.BlueprintsAsync(context.Cluster, context.Instances, context.Present, cancellationToken)).First(blueprint => blueprint.Instance.Id == node.Id);
        try
        {
            if (blueprint.ConfigHash != node.ConfigHash)
                await builder.ConfigureAsync(context.Cluster, blueprint, isRunning: true, cancellationToken);
        }
        catch (AgentRefusedException)
        {
            // It has just ended, or its agent has forgotten it: the primary notices by itself, and until then it is waited for.
        }
    }

    /// <summary>How far a node has come; nothing where it does not say: it holds up none of the others.</summary>
    private async Task<long> FindPositionAsync(Instance node, CancellationToken cancellationToken)
    {
        try
        {
            return (await builder.AgentOf(node.HostId).GetPositionAsync(node.Id, cancellationToken)).Bytes;
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return 0;
        }
    }
}
