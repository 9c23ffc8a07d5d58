using Agents.Controller.Execution;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Loops;

/// <summary>
/// Looks at every cluster through its engine, when it is due: soon after something of it was seen or told to change, else now and then. Clusters are looked at side by side, each with short
/// limits, and no turn waits for them: one that does not answer delays no other. Without an answer the last one grows stale and stops counting.
/// </summary>
internal sealed class ObservationLoop(StoreSnapshots store, FleetView fleet, ClusterObserver observer, ProxyTeller proxies, TimeProvider timeProvider, ILogger<ObservationLoop> logger) : ILoop
{
    /// <summary>What no change asks for is begun a few at a time, so that a thousand clusters are not all asked in the same moment. Twice what is due on the average.</summary>
    private const double Headroom = 2;

    private static readonly TimeSpan _period = TimeSpan.FromMilliseconds(100);

    /// <summary>How long after the first reading of who has led a cluster the next is made, where it did not say enough; it doubles.</summary>
    private static readonly TimeSpan _historyPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _historyPauseMax = TimeSpan.FromMinutes(5);

    private readonly long _startedAt = timeProvider.GetTimestamp();
    private readonly Dictionary<ClusterId, Looking> _lookings = [];
    private readonly Dictionary<HostId, HostObservation> _seen = [];
    private StoreSnapshot? _last;

    /// <inheritdoc/>
    public string Name => "observation";

    /// <inheritdoc/>
    public TimeSpan Period => _period;

    /// <inheritdoc/>
    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var snapshot = await store.ReadAsync(cancellationToken);
        if (snapshot != _last)
            Keep(snapshot);
        Touch(snapshot);

        var now = timeProvider.GetElapsedTime(_startedAt);
        foreach (var looking in _lookings.Values)
            looking.Settle(now);
        var due = snapshot.Clusters.Where(cluster => _lookings[cluster.Id].State.DueAt(now) != ClusterLook.Kind.None).ToLookup(cluster => _lookings[cluster.Id].State.Period);
        foreach (var clusters in due)
        {
            foreach (var cluster in clusters.OrderBy(cluster => _lookings[cluster.Id].State.BegunAt).Take(CountMax(snapshot.Clusters.Count, clusters.Key)))
                Begin(cluster, snapshot, now, cancellationToken);
        }

        return false;
    }

    private static int CountMax(int clusterCount, TimeSpan period) => period == TimeSpan.Zero ? clusterCount : 1 + (int)(clusterCount * Headroom * (_period / period));

    /// <summary>Forgets the clusters that are no more, and begins with those that are new.</summary>
    private void Keep(StoreSnapshot snapshot)
    {
        var ids = snapshot.Clusters.Select(cluster => cluster.Id).ToHashSet();
        fleet.KeepClusters(ids);
        proxies.Keep(ids);
        foreach (var gone in _lookings.Keys.Where(id => !ids.Contains(id)).ToList())
            _lookings.Remove(gone);
        foreach (var id in ids)
            _lookings.TryAdd(id, new Looking());
        _last = snapshot;
    }

    /// <summary>Marks the clusters of which something that an engine depends on is seen otherwise than in the turn before.</summary>
    private void Touch(StoreSnapshot snapshot)
    {
        foreach (var (id, host) in fleet.Hosts)
        {
            var before = _seen.GetValueOrDefault(id);
            if (ReferenceEquals(before, host))
                continue;
            _seen[id] = host;
            if (before is null || (host.Reports == before.Reports && host.IsJudgedAs(before)))
                continue;
            foreach (var instance in snapshot.InstancesOn[id].Where(instance => instance.Profile.HoldsData))
            {
                if (_lookings.GetValueOrDefault(instance.Owner.ClusterId) is { } looking)
                    looking.State = looking.State.With(isTouched: !host.ShowsAlike(instance, before), isTold: !host.TellsAlike(instance, before));
            }
        }
    }

    private void Begin(Cluster cluster, StoreSnapshot snapshot, TimeSpan now, CancellationToken cancellationToken)
    {
        var looking = _lookings[cluster.Id];
        var kind = looking.State.DueAt(now);
        looking.State = looking.State.Begin(now);
        looking.Task = LookAsync(cluster, [.. snapshot.InstancesOf[cluster.Ref]], kind, looking, cancellationToken);
        looking.Settle(now); // Where nobody was asked it has ended.
    }

    /// <summary>Whether the cluster is at rest.</summary>
    private async Task<bool> LookAsync(Cluster cluster, IReadOnlyList<Instance> instances, ClusterLook.Kind kind, Looking looking, CancellationToken cancellationToken)
    {
        try
        {
            var observation = kind == ClusterLook.Kind.All
                ? await observer.ObserveAsync(cluster, instances, cancellationToken)
                : await observer.ObserveAtRestAsync(cluster, instances, cancellationToken);
            looking.Fault = "";
            if (observation is null)
                return cluster.IsStopped; // Nobody is to answer.
            ReadHistory(cluster, instances, observation, looking, cancellationToken);
            var isOverlooking = !DurabilityRules.Overlooked(observation, cluster.Effective.Durability).IsEmpty;
            if (isOverlooking)
                Wake(cluster, instances, observation, looking, cancellationToken);
            return !isOverlooking && observation.IsAtRest(cluster.Effective.NodeCount);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false; // Shutting down.
        }
        catch (Exception exception)
        {
            // One that cannot be made sense of keeps no other from being looked at, and is told of once.
            if (looking.Fault != exception.Message)
                Log.LookFailed(logger, cluster.Name, exception);
            looking.Fault = exception.Message;
            return false;
        }
    }

    /// <summary>Has the primary's engine look at replicas that it overlooks. No look waits for that.</summary>
    private void Wake(Cluster cluster, IReadOnlyList<Instance> instances, ClusterObservation observation, Looking looking, CancellationToken cancellationToken)
    {
        if (looking.Waking is not { IsCompleted: false } && !observation.Paused && !fleet.IsObserveOnly(cluster.Ref) && instances.FirstOrDefault(node => node.Member == observation.Primary) is { } primary)
            looking.Waking = observer.WakeAsync(cluster, primary, cancellationToken);
    }

    /// <summary>
    /// Has the engine's record of who has led read. No look waits for that. Where it did not say enough it is read again, after longer and longer: the engine writes a change down some seconds after it, and what
    /// is missing after minutes may never come.
    /// </summary>
    private void ReadHistory(Cluster cluster, IReadOnlyList<Instance> instances, ClusterObservation observation, Looking looking, CancellationToken cancellationToken)
    {
        if (looking.Reading is { IsCompleted: false } || !observer.IsHistoryMissing(observation))
            return;
        var isOneMore = looking.Read is { } last && last.Timeline == observation.Timeline;
        if (isOneMore && timeProvider.GetElapsedTime(looking.Read!.Value.At) < looking.Read.Value.Pause)
            return;
        var pause = !isOneMore ? _historyPause : looking.Read!.Value.Pause * 2 is var twice && twice < _historyPauseMax ? twice : _historyPauseMax;
        looking.Reading = ReadAsync();

        async Task ReadAsync()
        {
            try
            {
                await observer.NoteHistoryAsync(cluster, instances, observation, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.LookFailed(logger, cluster.Name, exception);
            }
            finally
            {
                looking.Read = (observation.Timeline, timeProvider.GetTimestamp(), pause);
            }
        }
    }

    /// <summary>The looking at one cluster. Its state is changed by turns alone.</summary>
    private sealed class Looking
    {
        /// <summary>How far it is.</summary>
        public ClusterLook State { get; set; } = new();

        /// <summary>The look that goes on, with whether the cluster is at rest; null when none does.</summary>
        public Task<bool>? Task { get; set; }

        /// <summary>The last word to its engine that it is to look; null when there was none.</summary>
        public Task? Waking { get; set; }

        /// <summary>The last reading of who has led; null when there was none.</summary>
        public Task? Reading { get; set; }

        /// <summary>For which timeline that was, when it ended, on the monotonic clock, and how long the next one waits; null before.</summary>
        public (int Timeline, long At, TimeSpan Pause)? Read { get; set; }

        /// <summary>What was said of the last look that failed; empty after one that did not.</summary>
        public string Fault { get; set; } = "";

        /// <summary>Takes the end of a look to its state.</summary>
        public void Settle(TimeSpan now)
        {
            if (Task is not { IsCompletedSuccessfully: true } ended)
                return;
            (State, Task) = (State.End(ended.Result, now), null);
        }
    }
}
