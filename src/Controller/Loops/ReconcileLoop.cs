using Agents.Controller.Execution;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Loops;

/// <summary>
/// Keeps every cluster as it is meant to be: reads the store and what is seen, has the planner decide, does what it says, and looks again with the next turn. What is to be done on
/// a host is done side by side with the rest, a few at a time, so that one hung agent delays nobody; what failed is tried again with growing pauses.
/// </summary>
internal sealed class ReconcileLoop(
    IStore store, StoreSnapshots snapshots, FleetView fleet, FirstSight firstSight, InstanceBuilder builder, InstanceCare care, RepairStarter repairs, OwnerGate gate,
    TimeProvider timeProvider, ILogger<ReconcileLoop> logger) : ILoop
{
    private const int PerHostMax = 4;
    private static readonly TimeSpan _pauseMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _pauseMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _configurationPause = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(ClusterId Cluster, HostId Host), Work> _works = [];
    private bool _wasTold;

    /// <inheritdoc/>
    public string Name => "reconcile";

    /// <inheritdoc/>
    public TimeSpan Period => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var snapshot = await snapshots.ReadAsync(cancellationToken);
        var isSilent = IsSilent(snapshot.Hosts);

        var busy = _works.Where(work => !work.Value.Task.IsCompleted).CountBy(work => work.Key.Host).ToDictionary();
        var configuring = Configuring();
        foreach (var cluster in snapshot.Clusters)
        {
            var moment = new Moment(isSilent, !configuring.Contains(cluster.Id));
            var plan = Decide(cluster, [.. snapshot.InstancesOf[cluster.Ref]], moment);
            fleet.NotePlan(cluster.Id, plan.Held, [.. plan.Actions.Select(action => action.Instance.Member)], timeProvider.GetUtcNow());
            if (!plan.Held.IsEmpty)
                Log.Held(logger, cluster.Name, string.Join("; ", plan.Held));
            foreach (var actions in plan.Actions.GroupBy(action => action.Instance.HostId))
                Begin(cluster, actions.Key, busy, moment with { MayConfigure = actions.Any(action => action.Kind == ActionKind.Configure) }, cancellationToken);
            if (plan.Operation is { } operation)
                await repairs.TryBeginAsync(cluster, operation, (current, itsInstances) => Decide(current, itsInstances, moment).Operation, cancellationToken);
        }

        Forget();
        return false;
    }

    private Plan Decide(Cluster cluster, IReadOnlyList<Instance> instances, Moment moment)
    {
        var seen = fleet.Cluster(cluster.Id) is { } report && report.IsFresh(timeProvider.GetUtcNow()) ? report : null;
        return Planner.Decide(new PlannerInput
        {
            Cluster = cluster,
            Instances = instances,
            Hosts = fleet.Hosts,
            FleetIsSilent = moment.IsSilent,
            MayConfigure = moment.MayConfigure,
            Primary = seen?.Primary,
            Leader = seen?.EngineLeader,
            IsPaused = seen?.Paused ?? false,
            Holders = seen?.Holders ?? [],
            ObserveOnly = fleet.IsObserveOnly(cluster.Ref),
        });
    }

    private bool IsSilent(IReadOnlyList<Host> hosts)
    {
        var states = hosts.Select(host => fleet.Host(host.Id).State).ToList();
        var isSilent = Planner.IsFleetSilent(states);
        // Right after a start nobody was heard yet: that is not worth anybody's attention.
        var isTold = isSilent && !hosts.Any(host => firstSight.IsAwaited(host.Id));
        if (isTold && !_wasTold)
            Log.FleetSilent(logger, states.Count(state => state == HostState.Disconnected), states.Count);
        _wasTold = isTold;
        return isSilent;
    }

    /// <summary>Begins what is due for a cluster on a host, unless it is under way, paused, or the host has enough to do.</summary>
    private void Begin(Cluster cluster, HostId host, Dictionary<HostId, int> busy, Moment moment, CancellationToken cancellationToken)
    {
        var key = (cluster.Id, host);
        var work = _works.TryGetValue(key, out var known) ? known : _works[key] = new Work();
        if (!work.Task.IsCompleted || IsPaused(work) || busy.GetValueOrDefault(host) >= PerHostMax)
            return;
        work.Configures = moment.MayConfigure;
        work.Task = ActAsync(cluster, host, work, moment, cancellationToken);
        if (!work.Task.IsCompleted)
            busy[host] = busy.GetValueOrDefault(host) + 1;
    }

    /// <summary>The clusters of which nothing is configured now: one of a cluster at a time, and a while between two. What one spoils is seen before the next.</summary>
    private HashSet<ClusterId> Configuring() =>
    [
        .. _works.Where(pair => pair.Value.Configures && (!pair.Value.Task.IsCompleted || (pair.Value.EndedAt is { } endedAt && timeProvider.GetElapsedTime(endedAt) < _configurationPause)))
            .Select(pair => pair.Key.Cluster),
    ];

    private bool IsPaused(Work work) => work.EndedAt is { } endedAt && timeProvider.GetElapsedTime(endedAt) < work.Pause;

    /// <summary>Forgets what was done so long ago that no pause counts any more.</summary>
    private void Forget()
    {
        foreach (var (key, work) in _works.ToList())
        {
            if (work.Task.IsCompleted && !(work.EndedAt is { } endedAt && timeProvider.GetElapsedTime(endedAt) < _pauseMax * 2))
                _works.Remove(key);
        }
    }

    private async Task ActAsync(Cluster cluster, HostId host, Work work, Moment moment, CancellationToken cancellationToken)
    {
        var isDone = false;
        try
        {
            using var share = gate.TryShare(cluster.Ref);
            isDone = share is null || await ActAsync(cluster.Id, host, moment, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Shutting down: the next process looks anew.
        }
        catch (StoreUnavailableException exception)
        {
            Log.ActionFailed(logger, cluster.Name, "look after", host.ToString(), exception.Message);
        }
        catch (Exception exception)
        {
            Log.ClusterFaulted(logger, cluster.Name, exception); // One that cannot be made sense of keeps no other from being looked after.
        }
        finally
        {
            work.Pause = isDone ? _pauseMin : work.Pause * 2 < _pauseMax ? work.Pause * 2 : _pauseMax;
            work.EndedAt = timeProvider.GetTimestamp();
        }
    }

    /// <summary>Decides again, now that no operation can begin before this has ended, and acts. Whether all of it was possible.</summary>
    private async Task<bool> ActAsync(ClusterId id, HostId host, Moment moment, CancellationToken cancellationToken)
    {
        var (cluster, instances) = await store.ReadAsync(reader => (reader.FindCluster(id), reader.ListInstances(ResourceRef.Of(id))), cancellationToken);
        var plan = cluster is null ? Plan.Nothing : Decide(cluster, instances, moment);
        var actions = plan.Actions.Where(action => action.Instance.HostId == host).ToList();
        if (cluster is null || actions.Count == 0)
            return true;

        var blueprints = (await builder.BlueprintsAsync(cluster, instances, cancellationToken)).ToDictionary(blueprint => blueprint.Instance.Id);
        var isDone = true;
        foreach (var action in actions)
            isDone &= await ActAsync(cluster, action, blueprints[action.Instance.Id], cancellationToken);
        return isDone;
    }

    private async Task<bool> ActAsync(Cluster cluster, PlannedAction action, InstanceBlueprint blueprint, CancellationToken cancellationToken)
    {
        if (care.Awaited(action, blueprint) is { } awaited)
        {
            fleet.NoteAction(cluster.Id, action.Instance.Member, awaited, timeProvider.GetUtcNow());
            return true; // Looked at again soon, and not tried meanwhile.
        }

        Log.Acting(logger, cluster.Name, action.Kind.ToString(), action.Instance.Member, action.Reason);
        var failure = await care.DoAsync(cluster, action, blueprint, cancellationToken);
        if (failure is not null)
            Log.ActionFailed(logger, cluster.Name, action.Kind.ToString(), action.Instance.Member, failure.Message);
        fleet.NoteAction(cluster.Id, action.Instance.Member, failure, timeProvider.GetUtcNow());
        return failure is null;
    }

    /// <summary>What a decision depends on beside what is seen of the cluster.</summary>
    /// <param name="IsSilent">Whether much of the fleet is silent.</param>
    /// <param name="MayConfigure">Whether a configuration may be put into force.</param>
    private readonly record struct Moment(bool IsSilent, bool MayConfigure);

    /// <summary>What is done for one cluster on one host.</summary>
    private sealed class Work
    {
        /// <summary>The action under way, or the last one.</summary>
        public Task Task { get; set; } = Task.CompletedTask;

        /// <summary>Whether it puts a configuration into force.</summary>
        public bool Configures { get; set; }

        /// <summary>How long to wait after its end.</summary>
        public TimeSpan Pause { get; set; } = _pauseMin;

        /// <summary>The timestamp of its end; null before the first.</summary>
        public long? EndedAt { get; set; }
    }
}
