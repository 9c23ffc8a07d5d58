using Agents.Agent.Instances;
using Agents.V1;

namespace Agents.Agent.Services;

/// <summary>
/// Tells one watcher what the nodes of this host say: asks each of them once a second, and tells what differs from what was told. One that hangs holds up no other. A watcher that
/// reads slowly is told less often, and never of what has passed.
/// </summary>
internal sealed class NodeStreamer(IWatchedNodes nodes, TimeProvider timeProvider)
{
    /// <summary>How often each node is asked.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>How long a node has to answer.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>How often it is told how far replicas are behind, which differs all the time.</summary>
    public static readonly TimeSpan LagPeriod = TimeSpan.FromSeconds(5);

    /// <summary>Tells until the token is cancelled.</summary>
    public async Task StreamAsync(Func<WatchNodesResponse, Task> tellAsync, CancellationToken cancellationToken)
    {
        var watched = new Dictionary<string, Watched>(StringComparer.Ordinal);
        while (true)
        {
            var turn = Task.Delay(Period, timeProvider, cancellationToken);
            Look(watched, cancellationToken);
            do
            {
                foreach (var (instanceId, node) in watched.Where(entry => entry.Value.TakeNews(timeProvider)))
                    await tellAsync(new WatchNodesResponse { InstanceId = instanceId, Cluster = node.Told });
                await Task.WhenAny([turn, .. watched.Values.Select(node => node.Look).Where(look => !look.IsCompleted)]);
            }
            while (!turn.IsCompleted);
            await turn;
        }
    }

    private void Look(Dictionary<string, Watched> watched, CancellationToken cancellationToken)
    {
        var running = nodes.Running.DistinctBy(node => node.InstanceId).ToDictionary(node => node.InstanceId, StringComparer.Ordinal);
        foreach (var gone in watched.Where(entry => entry.Value.Told is null && !running.ContainsKey(entry.Key)).Select(entry => entry.Key).ToList())
            watched.Remove(gone);
        foreach (var instanceId in running.Keys)
            watched.TryAdd(instanceId, new Watched());
        foreach (var (instanceId, node) in watched.Where(entry => entry.Value.Look.IsCompleted))
            node.Look = running.TryGetValue(instanceId, out var instance) ? ReadAsync(instance, cancellationToken) : Watched.Nothing;
    }

    /// <summary>What a node says; null when it says nothing, for whatever reason: who wants to know it asks, and is told.</summary>
    private async Task<GetClusterResponse?> ReadAsync(LocalInstance node, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await nodes.ReadAsync(node, either.Token).WaitAsync(either.Token);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>One node, as it was last looked at and as it was last told of.</summary>
    private sealed class Watched
    {
        private GetClusterResponse? _judged;
        private long _toldAt;

        /// <summary>Of a node that does not run.</summary>
        public static Task<GetClusterResponse?> Nothing { get; } = Task.FromResult<GetClusterResponse?>(null);

        /// <summary>The look at it. Does not fail.</summary>
        public Task<GetClusterResponse?> Look { get; set; } = Nothing;

        /// <summary>What was told; null before, and when it says nothing.</summary>
        public GetClusterResponse? Told { get; private set; }

        /// <summary>Whether there is something to tell: then it is <see cref="Told"/>.</summary>
        public bool TakeNews(TimeProvider timeProvider)
        {
            if (!Look.IsCompleted)
                return false;
            var (seen, judged) = (Look.Result, WithoutLag(Look.Result));
            var isLag = Equals(judged, _judged);
            if (isLag && (seen is not { SelfIsLeader: true } || seen.Equals(Told) || timeProvider.GetElapsedTime(_toldAt) < LagPeriod))
                return false;
            (Told, _judged, _toldAt) = (seen, judged, timeProvider.GetTimestamp());
            return true;
        }

        private static GetClusterResponse? WithoutLag(GetClusterResponse? seen)
        {
            if (seen?.Clone() is not { } copy)
                return null;
            foreach (var member in copy.Members)
                member.ClearLagBytes();
            foreach (var replica in copy.Replication)
                (replica.ReplayLagBytes, replica.ReplayLag) = (0, null);
            return copy;
        }
    }
}
