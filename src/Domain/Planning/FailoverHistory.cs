using System.Collections.Immutable;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>
/// Who has led a cluster, and why another did: what the engine has written down, put together with the operations that brought it about. An operation and a change belong together by the timeline on which the
/// old primary led when the operation was begun, and not by clocks, of which several are at work.
/// </summary>
public static class FailoverHistory
{
    /// <summary>The changes and the tries, the latest first.</summary>
    /// <param name="changes">What the engine has written down, the oldest first.</param>
    /// <param name="operations">The cluster's operations.</param>
    /// <param name="instances">Its instances.</param>
    public static ImmutableArray<FailoverEntry> Of(IReadOnlyList<LeadChange> changes, IReadOnlyList<Operation> operations, IReadOnlyList<Instance> instances)
    {
        var entries = new List<FailoverEntry>();
        var explained = new HashSet<int>();
        foreach (var operation in operations.OrderBy(operation => operation.CreatedAt))
        {
            if (PartsOf(operation) is not var (from, timeline, deed))
                continue;
            var done = operation.Steps.FirstOrDefault(step => step.Name == deed && step.State == OperationState.Succeeded);
            var member = instances.FirstOrDefault(instance => instance.Id == from)?.Member ?? "";
            var change = done is null || timeline == 0 ? null : changes.FirstOrDefault(change => change.Timeline == timeline + 1 && change.Leader != member && !explained.Contains(change.Timeline));
            if (change is null && operation.Kind == OperationKinds.PostgresClusterRestart)
                continue; // Where nobody took over a restart was no more than that.
            if (change is not null)
                explained.Add(change.Timeline);
            entries.Add(EntryOf(operation, member, change, done));
        }

        entries.AddRange(changes.Where(change => !explained.Contains(change.Timeline)).Select(change => new FailoverEntry
        {
            At = change.At,
            From = LeaderBefore(changes, change),
            To = change.Leader,
            Timeline = change.Timeline,
            Lsn = change.Lsn,
        }));
        return [.. entries.OrderByDescending(entry => entry.At ?? DateTimeOffset.MinValue).ThenByDescending(entry => entry.Timeline)];
    }

    private static FailoverEntry EntryOf(Operation operation, string from, LeadChange? change, OperationStep? done)
    {
        var isFailover = operation.Kind == OperationKinds.PostgresClusterFailover;
        return new FailoverEntry
        {
            At = change?.At ?? operation.CreatedAt,
            Operation = operation,
            From = from,
            To = change?.Leader ?? "",
            Timeline = change?.Timeline ?? 0,
            Lsn = change?.Lsn ?? "",
            Took = done?.EndedAt - (isFailover ? operation.CreatedAt : done?.StartedAt),
            Evidence = string.Join("; ", (isFailover ? operation.Steps.Where(step => step.StartedAt is not null) : operation.Steps.Where(step => step.Name == StepNames.HandOver))
                .Select(step => step.Message).Where(message => message.Length > 0)),
        };
    }

    /// <summary>The primary that an operation was about, the timeline on which it led, and the step whose end says that another leads; null for an operation that is about no such thing.</summary>
    private static (InstanceId From, int Timeline, string Deed)? PartsOf(Operation operation)
    {
        switch (operation.Kind)
        {
            case OperationKinds.PostgresClusterFailover:
                var failover = FailoverArguments.Parse(operation.Arguments);
                return (failover.Primary, failover.Timeline, StepNames.AwaitPrimary);
            case OperationKinds.PostgresClusterSwitchover or OperationKinds.PostgresClusterRestart:
                var switchover = SwitchoverArguments.Parse(operation.Arguments);
                return (switchover.From, switchover.Timeline, StepNames.HandOver);
            default:
                return null;
        }
    }

    private static string LeaderBefore(IReadOnlyList<LeadChange> changes, LeadChange change) => changes.FirstOrDefault(before => before.Timeline == change.Timeline - 1)?.Leader ?? "";
}
