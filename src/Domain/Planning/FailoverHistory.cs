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
    /// <summary>How many there are of each at most: of the operations, and of the changes that are of nobody's operation. What one host writes down pushes no operation out.</summary>
    public const int CountMax = 100;

    /// <summary>By how much the clock of a host may differ from the controller's. What lies further outside the cluster's life is no time.</summary>
    private static readonly TimeSpan _clockDifference = TimeSpan.FromHours(1);

    /// <summary>The changes and the tries, the latest first.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="history">What its engine has written down; null where that is not known.</param>
    /// <param name="operations">Its operations.</param>
    /// <param name="instances">Its instances.</param>
    public static ImmutableArray<FailoverEntry> Of(Cluster cluster, LeadHistory? history, IReadOnlyList<Operation> operations, IReadOnlyList<Instance> instances)
    {
        var changes = history is null ? [] : history.Changes.OrderBy(change => change.Timeline).ToList();
        var tried = new List<FailoverEntry>();
        foreach (var operation in operations.OrderBy(operation => operation.CreatedAt))
        {
            if (TriedBy(operation, instances) is not { } found)
                continue;
            var change = found is { IsDone: true, Timeline: > 0 } ? changes.FirstOrDefault(change => change.Timeline == found.Timeline + 1 && change.Leader != found.From && tried.All(entry => entry.Timeline != change.Timeline)) : null;
            if (change is null && operation.Kind == OperationKinds.PostgresClusterRestart)
                continue; // Where nobody took over a restart was no more than that.
            tried.Add(EntryOf(operation, found, change));
        }

        var all = new List<(DateTimeOffset Place, FailoverEntry Entry)>([.. tried.TakeLast(CountMax).Select(entry => (entry.Operation!.CreatedAt, entry))]);
        var place = cluster.CreatedAt;
        foreach (var change in changes)
        {
            var entry = tried.FirstOrDefault(entry => entry.Timeline == change.Timeline);
            var at = entry?.At ?? (change.At >= cluster.CreatedAt - _clockDifference && change.At <= history!.ReadAt + _clockDifference ? change.At : null);
            place = at > place ? at.Value : place; // Timelines follow each other, whatever the clocks of their hosts say.
            var before = LeaderBefore(changes, change, instances);
            if (entry is null && (before.Length == 0 || before != change.Leader)) // Who leads again, as after a stop and a start, is no other.
                all.Add((place, new FailoverEntry { At = at, From = before, To = change.Leader, Timeline = change.Timeline, Lsn = change.Lsn }));
        }

        var oldest = all.Where(found => found.Entry.Operation is null).OrderByDescending(found => found.Entry.Timeline).Skip(CountMax).ToList();
        return [.. all.Except(oldest).OrderByDescending(found => found.Place).ThenByDescending(found => found.Entry.Timeline).Select(found => found.Entry)];
    }

    private static FailoverEntry EntryOf(Operation operation, Tried tried, LeadChange? change)
    {
        var isFailover = operation.Kind == OperationKinds.PostgresClusterFailover;
        var seen = operation.Steps.FirstOrDefault(step => step.Name == tried.Deed && step.State == OperationState.Succeeded);
        return new FailoverEntry
        {
            At = operation.CreatedAt,
            Operation = operation,
            From = tried.From,
            To = change?.Leader ?? "",
            Timeline = change?.Timeline ?? 0,
            Lsn = change?.Lsn ?? "",
            Took = seen?.EndedAt - (isFailover ? operation.CreatedAt : seen?.StartedAt),
            Evidence = string.Join("; ", operation.Steps.Where(step => isFailover ? step.StartedAt is not null : step.Name == tried.Deed).Select(step => step.Message).Where(message => message.Length > 0)),
        };
    }

    /// <summary>What an operation was about; null for one that changes no primary.</summary>
    private static Tried? TriedBy(Operation operation, IReadOnlyList<Instance> instances)
    {
        switch (operation.Kind)
        {
            case OperationKinds.PostgresClusterFailover:
                var failover = FailoverArguments.Parse(operation.Arguments);
                // From when the lead was taken away: the engine may choose after the controller has given up to wait for it.
                return new Tried(MemberOf(failover.Primary), failover.Timeline, StepNames.AwaitPrimary, operation.Steps.TakeWhile(step => step.Name != StepNames.AwaitPrimary).All(step => step.State == OperationState.Succeeded));
            case OperationKinds.PostgresClusterSwitchover or OperationKinds.PostgresClusterRestart:
                var switchover = SwitchoverArguments.Parse(operation.Arguments);
                return new Tried(MemberOf(switchover.From), switchover.Timeline, StepNames.HandOver, operation.Steps.Any(step => step.Name == StepNames.HandOver && step.State == OperationState.Succeeded && !step.Message.EndsWith(StepNames.LeadsUnasked, StringComparison.Ordinal)));
            default:
                return null;
        }

        string MemberOf(InstanceId id) => instances.FirstOrDefault(instance => instance.Id == id)?.Member ?? "";
    }

    /// <summary>Who led on the timeline before; on the first one it is the node that made the data.</summary>
    private static string LeaderBefore(IReadOnlyList<LeadChange> changes, LeadChange change, IReadOnlyList<Instance> instances) =>
        changes.FirstOrDefault(before => before.Timeline == change.Timeline - 1)?.Leader ?? (change.Timeline == 2 ? Instance.FounderOf(instances)?.Member : null) ?? "";

    /// <summary>What an operation was about.</summary>
    /// <param name="From">The primary; empty where it is no instance any more.</param>
    /// <param name="Timeline">The timeline on which that led; 0 where it is not known.</param>
    /// <param name="Deed">The step whose end says that another leads.</param>
    /// <param name="IsDone">Whether a change of the engine's can be its doing.</param>
    private sealed record Tried(string From, int Timeline, string Deed, bool IsDone);
}
