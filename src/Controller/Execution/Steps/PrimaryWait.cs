using System.Collections.Concurrent;
using Agents.Domain.Health;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Waits for a primary, and not for ever: an operation holds its cluster, and what it has stopped may be just what could lead. Longer than the engine takes to choose one.
/// </summary>
internal sealed class PrimaryWait(TimeProvider timeProvider)
{
    private const int CountMax = 1000;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _waitMax = TimeSpan.FromSeconds(40);

    private readonly ConcurrentDictionary<OperationId, long> _since = [];

    /// <summary>What a step says where no primary is seen; null where one is.</summary>
    public StepOutcome? Find(StepContext context, ClusterObservation? seen)
    {
        if (seen?.Primary is not null)
        {
            _since.TryRemove(context.Operation.Id, out _);
            return null;
        }

        if (_since.Count > CountMax)
            _since.Clear();
        return timeProvider.GetElapsedTime(_since.GetOrAdd(context.Operation.Id, _ => timeProvider.GetTimestamp())) > _waitMax
            ? new StepOutcome.Failed(ErrorReasons.NoPrimary, $"no primary was seen for {_waitMax.TotalSeconds:0} s, or more than one")
            : new StepOutcome.Again("waiting for a primary", _pause, ErrorReasons.NoPrimary);
    }
}
