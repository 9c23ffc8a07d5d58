using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>When an operation that the controller begins by itself may begin: the pause doubles with each failure in a row.</summary>
public static class RepairPause
{
    private static readonly TimeSpan _first = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longest = TimeSpan.FromHours(1);

    /// <summary>Whether one of a kind may begin now.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="operations">The resource's operations, newest first.</param>
    /// <param name="now">The time; where a clock was set back, waiting for it would be in vain.</param>
    public static bool IsOver(string kind, IEnumerable<Operation> operations, DateTimeOffset now)
    {
        var failures = operations.Where(operation => operation.Kind == kind).TakeWhile(operation => operation.State == OperationState.Failed).ToList();
        if (failures.Count == 0 || failures[0].EndedAt is not { } endedAt)
            return true;
        var pause = _first * Math.Pow(2, Math.Min(failures.Count - 1, 10));
        return (now - endedAt).Duration() >= (pause < _longest ? pause : _longest);
    }
}
