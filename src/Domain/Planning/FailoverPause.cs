using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>When a failover may follow another: what is seen right after one may be of before it. All that could fail is looked at before anything is done, so failures need no pause of their own.</summary>
public static class FailoverPause
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(15);

    /// <summary>Whether one may begin now. Without one the engine's own timers decide.</summary>
    /// <param name="operations">The cluster's operations.</param>
    /// <param name="now">The time; where a clock was set back, waiting for it would be in vain.</param>
    public static bool IsOver(IEnumerable<Operation> operations, DateTimeOffset now) =>
        operations.Where(operation => operation.Kind == OperationKinds.PostgresClusterFailover).All(operation => operation.EndedAt is { } at && (now - at).Duration() >= _pause);
}
