using System.Collections.Concurrent;
using System.Collections.Immutable;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Observation;

/// <summary>What is seen of the fleet, in memory: written by the watchers of the hosts and by the observation loop, read by everyone.</summary>
internal sealed class FleetView : IFleetView
{
    private readonly ConcurrentDictionary<HostId, HostObservation> _hosts = new();
    private readonly ConcurrentDictionary<ClusterId, ClusterObservation> _clusters = new();
    private readonly ConcurrentDictionary<ClusterId, LeadHistory> _histories = new();
    private readonly ConcurrentDictionary<ClusterId, ImmutableArray<HeldBack>> _held = new();
    private readonly ConcurrentDictionary<(string Term, string Subject), LaterCommand> _later = new();
    private readonly ConcurrentDictionary<(HostId Host, string Name), string> _troubles = new();
    private readonly Lock _noting = new();
    private volatile Scope _observeOnly = Scope.Nothing;

    /// <inheritdoc/>
    public IReadOnlyDictionary<HostId, HostObservation> Hosts => _hosts;

    /// <inheritdoc/>
    public IReadOnlyCollection<LaterCommand> LaterCommands => _later.IsEmpty ? [] : [.. _later.Values];

    /// <inheritdoc/>
    public bool ObserveOnly => _observeOnly.All;

    /// <inheritdoc/>
    public bool IsObserveOnly(ResourceRef owner) => _observeOnly.All || _observeOnly.Owners.Contains(owner);

    /// <inheritdoc/>
    public HostObservation Host(HostId id) => _hosts.TryGetValue(id, out var host) ? host : HostObservation.NeverHeard(id);

    /// <inheritdoc/>
    public ClusterObservation? Cluster(ClusterId id) => _clusters.GetValueOrDefault(id);

    /// <inheritdoc/>
    public ImmutableArray<HeldBack> Held(ClusterId id) => _held.TryGetValue(id, out var held) ? held : [];

    /// <inheritdoc/>
    public LeadHistory? History(ClusterId id) => _histories.GetValueOrDefault(id);

    /// <inheritdoc/>
    public string TroubleOf(HostId host, string name) => _troubles.GetValueOrDefault((host, name), "");

    /// <summary>Keeps who has led a cluster.</summary>
    public void NoteHistory(ClusterId id, LeadHistory history) => _histories[id] = history;

    /// <summary>Keeps why something could not be removed from a host; empty when it was.</summary>
    public void NoteRemoval(HostId host, string name, string trouble)
    {
        if (trouble.Length > 0)
            _troubles[(host, name)] = trouble;
        else
            _troubles.TryRemove((host, name), out _);
    }

    /// <summary>Keeps what a plan holds back, and what failed of that which it still means to do.</summary>
    public void NotePlan(ClusterId id, IReadOnlyCollection<Hold> planned, IReadOnlyCollection<string> acting, DateTimeOffset now) =>
        _held.AddOrUpdate(id, _ => HeldBack.AfterPlan([], planned, acting, now), (_, before) => HeldBack.AfterPlan(before, planned, acting, now));

    /// <summary>Keeps why something could not be done to a member; null when it was done.</summary>
    public void NoteAction(ClusterId id, string member, Hold? failure, DateTimeOffset now) =>
        _held.AddOrUpdate(id, _ => HeldBack.AfterAction([], member, failure, now), (_, before) => HeldBack.AfterAction(before, member, failure, now));

    /// <summary>Changes what is known of a host. Whether anything changed that a decision is made of: then the loops are to be woken.</summary>
    public bool Update(HostId id, Func<HostObservation, HostObservation> change)
    {
        while (true)
        {
            var known = _hosts.GetOrAdd(id, HostObservation.NeverHeard);
            var changed = change(known);
            if (_hosts.TryUpdate(id, changed, known))
                return !changed.IsJudgedAs(known);
        }
    }

    /// <summary>Keeps a cluster's report, unless a later one is known. What is much later was written down before the clock was set back.</summary>
    public void Report(ClusterObservation observation) => _clusters.AddOrUpdate(
        observation.ClusterId, observation, (_, known) => known.ObservedAt > observation.ObservedAt && known.IsFresh(observation.ObservedAt) ? known : observation);

    /// <summary>Drops the reports of clusters that are no more.</summary>
    public void KeepClusters(IReadOnlyCollection<ClusterId> clusters)
    {
        foreach (var id in _clusters.Keys.Union(_held.Keys).Union(_histories.Keys).Except(clusters).ToList())
        {
            _clusters.TryRemove(id, out _);
            _held.TryRemove(id, out _);
            _histories.TryRemove(id, out _);
        }
    }

    /// <inheritdoc/>
    public void Confirm(IReadOnlyCollection<LaterCommand> confirmed)
    {
        lock (_noting)
        {
            foreach (var later in confirmed)
                _later.TryRemove(KeyValuePair.Create(KeyOf(later.Ticket), later)); // Only this very one.
            _observeOnly = _later.Values.Aggregate(Scope.Nothing, (scope, later) => scope.With(later));
        }
    }

    /// <summary>An agent has obeyed what the store knows nothing of: from now on what that concerns is not changed.</summary>
    public void Note(LaterCommand later)
    {
        lock (_noting)
        {
            _later.AddOrUpdate(
                KeyOf(later.Ticket), later, (_, noted) => (later.Ticket.StoreRevision, later.Ticket.Generation).CompareTo((noted.Ticket.StoreRevision, noted.Ticket.Generation)) > 0 ? later : noted);
            _observeOnly = _observeOnly.With(later);
        }
    }

    private static (string Term, string Subject) KeyOf(Ticket ticket) => (ticket.EpochId, ticket.SubjectId);

    /// <summary>What is only observed. Asked of every cluster in every turn, and there may be as many later commands as instances.</summary>
    private sealed record Scope(bool All, ImmutableHashSet<ResourceRef> Owners)
    {
        public static Scope Nothing { get; } = new(false, []);

        public Scope With(LaterCommand later) => later.Owner is { } owner ? this with { Owners = Owners.Add(owner) } : this with { All = true };
    }
}
