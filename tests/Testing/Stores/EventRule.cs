using Agents.Domain.Model;

namespace Agents.Testing.Stores;

/// <summary>
/// Every change that people see has its event in the same transaction. The fake of the store compares what a transaction of the product began with and ended with, so that a
/// change without an event fails every test that comes by; what a test itself arranges needs none.
/// </summary>
internal static class EventRule
{
    /// <summary>What was changed and not told.</summary>
    public static IEnumerable<string> Violations(InMemoryState before, InMemoryState after)
    {
        var told = after.Events.Skip(before.Events.Count).Select(stored => stored.Event.ResourceId).ToHashSet(StringComparer.Ordinal);
        return Changes(before, after).Where(change => !told.Contains(change.Subject)).Select(change => $"{change.What} {change.Subject} has no event in its transaction");
    }

    private static IEnumerable<(string What, string Subject)> Changes(InMemoryState before, InMemoryState after) =>
    [
        .. Changed(before.Hosts, after.Hosts, host => host).Select(id => ("host", id.ToString())),
        .. Changed(before.Identities, after.Identities, identity => identity).Select(id => ("credential of host", id.ToString())),
        // Clusters and operations go by their age alone, which nobody is told of.
        .. Changed(before.Clusters, after.Clusters, cluster => (cluster.Generation, cluster.Lifecycle, cluster is { Lifecycle: ClusterLifecycle.Deleted, Trash.Gone: "" })).Where(after.Clusters.ContainsKey).Select(id => ("cluster", id.ToString())),
        .. Changed(before.Operations, after.Operations, operation => (StateOf(operation), operation.CancelRequested)).Where(after.Operations.ContainsKey)
            .Select(id => ("operation on", after.Operations[id].Resource.Id.ToString("D"))),
        .. Changed(before.JoinTokens, after.JoinTokens, token => token with { Uses = 0 }).Select(id => ("join token", id)),
        .. Changed(before.UserTokens, after.UserTokens, token => token).Select(id => ("user token", id.ToString("D"))),
        .. after.ImageSets.Skip(before.ImageSets.Count).Select(imageSet => ("image set", imageSet.Version)),
    ];

    /// <summary>That work on it has begun is told by the request.</summary>
    private static OperationState StateOf(Operation operation) => operation.State == OperationState.Running ? OperationState.Pending : operation.State;

    private static IEnumerable<TKey> Changed<TKey, TValue, TSeen>(IReadOnlyDictionary<TKey, TValue> before, IReadOnlyDictionary<TKey, TValue> after, Func<TValue, TSeen> seen)
        where TKey : notnull
        where TValue : class =>
        before.Keys.Union(after.Keys).Where(key =>
            !(before.TryGetValue(key, out var old) && after.TryGetValue(key, out var now) && (ReferenceEquals(old, now) || EqualityComparer<TSeen>.Default.Equals(seen(old), seen(now)))));
}
