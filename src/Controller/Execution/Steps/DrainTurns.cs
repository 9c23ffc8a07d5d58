using System.Collections.Concurrent;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>Has one node after the other serve no reads, each only when the one before serves them again. Of another process it begins with all of them serving.</summary>
internal sealed class DrainTurns(ReadDrain drain, TimeProvider timeProvider)
{
    private const int CountMax = 1000;

    private readonly ConcurrentDictionary<OperationId, (InstanceId? Node, long Since)> _turns = [];

    /// <summary>It is a node's turn; null: nobody's any more. Returns what it waits for; empty when nobody reads there, or for too long.</summary>
    public async Task<string> TakeAsync(StepContext context, Instance? node, Instance primary, ClusterObservation seen, CancellationToken cancellationToken)
    {
        if (_turns.Count > CountMax)
            _turns.Clear();
        if (!_turns.TryGetValue(context.Operation.Id, out var turn) || turn.Node != node?.Id)
        {
            await drain.EndAsync(context, seen, cancellationToken);
            _turns[context.Operation.Id] = turn = (node?.Id, timeProvider.GetTimestamp());
        }

        if (node is null)
            return "";
        var (busy, _) = await drain.BeginAsync(context, [node], primary, cancellationToken);
        return busy.Count > 0 && timeProvider.GetElapsedTime(turn.Since) < ReadDrain.WaitMax ? $"waiting for sessions on {node.Member}, {ReadDrain.WaitMax.TotalSeconds} s at most" : "";
    }
}
