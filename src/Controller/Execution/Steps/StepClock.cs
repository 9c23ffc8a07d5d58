using System.Collections.Concurrent;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>For how long this process has tried a step of an operation, by the monotonic clock: the time in which nobody tried does not count, and nobody can set it.</summary>
internal sealed class StepClock(TimeProvider timeProvider)
{
    private const int CountMax = 1000;

    private readonly ConcurrentDictionary<OperationId, long> _firstTries = [];

    /// <summary>The time since the first question.</summary>
    public TimeSpan Since(OperationId operation)
    {
        if (_firstTries.Count > CountMax)
            _firstTries.Clear(); // Of operations that have ended long ago, but for a few, for which it begins anew.
        return timeProvider.GetElapsedTime(_firstTries.GetOrAdd(operation, _ => timeProvider.GetTimestamp()));
    }
}
