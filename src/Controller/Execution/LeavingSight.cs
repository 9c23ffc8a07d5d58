using System.Collections.Concurrent;
using Agents.Controller.Execution.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Execution;

/// <summary>
/// Says whether a node of a cluster whose commits wait for replicas can be stopped, and removed, so that nothing acknowledged hangs on it and the primary alone. A replica that stays is close to the primary before anything
/// is changed. Then the engine is to count on the node no more, and on another; and a replica that stays and confirms commits has to have come as far as the primary was after that: what the node alone has confirmed is before it,
/// and what comes later waits for the others. When the node is down that is asked once more.
/// </summary>
internal sealed class LeavingSight(InstanceBuilder builder, IEngineDriver driver)
{
    private const int CountMax = 1000;
    private const string Streaming = "streaming";

    /// <summary>How far the primary was when it was first asked in a phase. Of another process it is asked for anew, and is further.</summary>
    private readonly ConcurrentDictionary<Key, long> _wanted = [];

    /// <summary>The nodes that were told that nobody is to wait for them.</summary>
    private readonly ConcurrentDictionary<(OperationId Operation, InstanceId Node), bool> _released = [];

    private enum Phase
    {
        Before,
        Released,
        Down,
    }

    /// <summary>What a stop of a node waits for; null for nothing. Throws what <see cref="IAgent"/> throws where the node or the primary cannot be asked.</summary>
    /// <param name="context">The operation, which is about the nodes that go.</param>
    /// <param name="node">The node.</param>
    /// <param name="leader">The primary.</param>
    /// <param name="seen">What the engine said, just now.</param>
    /// <param name="runs">Whether the node runs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<string?> FindReasonAsync(StepContext context, Instance node, Instance leader, ClusterObservation seen, bool runs, CancellationToken cancellationToken)
    {
        var streaming = seen.Members.Where(member => member is { IsPrimary: false, State: Streaming }).Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        if (await FindBehindAsync(context, KeyOf(Phase.Before), leader, streaming.Contains, cancellationToken) is { } before)
            return before;
        if (runs)
            await ReleaseAsync(context, node, cancellationToken);
        if (_released.Count > CountMax)
            _released.Clear();
        _released[(context.Operation.Id, node.Id)] = true;
        if (await FindCountAsync(context, node, leader, cancellationToken) is { } counted)
        {
            _wanted.TryRemove(KeyOf(Phase.Released), out _);
            if (runs)
                await driver.WakeAsync(context.Cluster, node, cancellationToken);
            await driver.WakeAsync(context.Cluster, leader, cancellationToken);
            return counted;
        }

        return await FindBehindAsync(context, KeyOf(Phase.Released), leader, ConfirmingOf(context, seen).Contains, cancellationToken);

        Key KeyOf(Phase phase) => new(context.Operation.Id, node.Id, leader.Id, seen.Timeline, phase);
    }

    /// <summary>Whether a node was told, by this process, that nobody is to wait for it.</summary>
    public bool IsReleased(StepContext context, Instance node) => _released.ContainsKey((context.Operation.Id, node.Id));

    /// <summary>What the removal of a node that is down waits for; null for nothing.</summary>
    public Task<string?> FindReasonToKeepAsync(StepContext context, Instance node, Instance leader, ClusterObservation seen, CancellationToken cancellationToken) =>
        FindBehindAsync(context, new Key(context.Operation.Id, node.Id, leader.Id, seen.Timeline, Phase.Down), leader, ConfirmingOf(context, seen).Contains, cancellationToken);

    /// <summary>Why the engine may count on a node; null where it does not.</summary>
    public async Task<string?> FindCountAsync(StepContext context, Instance node, Instance leader, CancellationToken cancellationToken) =>
        await driver.IsCountedOnAsync(context.Cluster, context.Instances, node, leader, cancellationToken) switch
        {
            false => null,
            true => $"waiting until the engine counts on {node.Member} no more",
            null => $"waiting until the engine's store can be read, and says that {leader.Member} leads{(context.Cluster.Effective.Durability == Durability.Async ? "" : " and who else confirms commits")}",
        };

    private static HashSet<string> ConfirmingOf(StepContext context, ClusterObservation seen) =>
        LeavingNodes.ConfirmingOf(seen, context.Others.Where(other => other.Profile.IsNode)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Which replicas that stay are waited for, as none of them has come as far as the primary was; null where one has.</summary>
    private async Task<string?> FindBehindAsync(StepContext context, Key key, Instance leader, Func<string, bool> isAsked, CancellationToken cancellationToken)
    {
        var asked = context.Others.Where(other => other.Profile.IsNode && other.Id != leader.Id && isAsked(other.Member)).ToList();
        if (asked.Count == 0)
            return "waiting until a replica that stays confirms commits";
        if (_wanted.Count > CountMax)
            _wanted.Clear();
        if (!_wanted.TryGetValue(key, out var wanted))
        {
            if (await builder.AgentOf(leader.HostId).GetPositionAsync(leader.Id, cancellationToken) is not { InRecovery: false, Bytes: > 0 } position)
                return $"waiting until {leader.Member} says how far it is";
            wanted = _wanted[key] = position.Bytes;
        }

        var positions = await Task.WhenAll(asked.Select(other => FindPositionAsync(other, cancellationToken)));
        return positions.Any(position => position >= wanted) ? null : $"waiting until a replica that stays has all that is acknowledged ({string.Join(", ", asked.Select(other => other.Member).Order(StringComparer.Ordinal))} not yet)";
    }

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

    /// <summary>How far a node has come; null where it does not say: it holds up none of the others.</summary>
    private async Task<long?> FindPositionAsync(Instance node, CancellationToken cancellationToken)
    {
        try
        {
            return (await builder.AgentOf(node.HostId).GetPositionAsync(node.Id, cancellationToken)).Bytes;
        }
        catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
        {
            return null;
        }
    }

    private sealed record Key(OperationId Operation, InstanceId Node, InstanceId Leader, int Timeline, Phase Phase);
}
