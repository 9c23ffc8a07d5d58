using System.Collections.Concurrent;
using System.Collections.Immutable;
using Agents.Controller.Observation;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Testing.Observation;

/// <summary>What is seen of the fleet, as a test says it.</summary>
internal sealed class FakeFleet : IFleetView
{
    private readonly ConcurrentDictionary<HostId, HostObservation> _hosts = new();
    private readonly ConcurrentDictionary<ClusterId, ClusterObservation> _clusters = new();

    /// <inheritdoc/>
    public IReadOnlyDictionary<HostId, HostObservation> Hosts => _hosts;

    /// <summary>What agents have obeyed and the store knows nothing of.</summary>
    public List<LaterCommand> Later { get; } = [];

    /// <inheritdoc/>
    public IReadOnlyCollection<LaterCommand> LaterCommands => [.. Later];

    /// <inheritdoc/>
    public bool ObserveOnly => Later.Exists(later => later.Owner is null);

    /// <inheritdoc/>
    public bool IsObserveOnly(ResourceRef owner) => Later.Exists(later => later.Owner is null || later.Owner == owner);

    /// <inheritdoc/>
    public void Confirm(IReadOnlyCollection<LaterCommand> confirmed) => Later.RemoveAll(confirmed.Contains);

    /// <inheritdoc/>
    public HostObservation Host(HostId id) => _hosts.TryGetValue(id, out var host) ? host : HostObservation.NeverHeard(id);

    /// <inheritdoc/>
    public ClusterObservation? Cluster(ClusterId id) => _clusters.GetValueOrDefault(id);

    /// <summary>Who has led, of every cluster; null where that is not known.</summary>
    public LeadHistory? AllHistory { get; set; }

    /// <inheritdoc/>
    public LeadHistory? History(ClusterId id) => AllHistory;

    /// <summary>Why things could not be removed, by name.</summary>
    public Dictionary<string, string> Troubles { get; } = [];

    /// <inheritdoc/>
    public string TroubleOf(HostId host, string name) => Troubles.GetValueOrDefault(name, "");

    /// <summary>What is held back, of every cluster.</summary>
    public ImmutableArray<HeldBack> AllHeld { get; set; } = [];

    /// <inheritdoc/>
    public ImmutableArray<HeldBack> Held(ClusterId id) => AllHeld;

    /// <summary>A host is seen so from now on.</summary>
    public void See(HostObservation host) => _hosts[host.HostId] = host;

    /// <summary>A host is seen ready, with room for a few nodes.</summary>
    public void SeeReady(Domain.Model.Host host) => See(new HostObservation
    {
        HostId = host.Id,
        State = HostState.Ready,
        StateReason = "",
        IsCurrent = true,
        Facts = A.Facts(),
        AgentVersion = "0.1.0",
        LastSeenAt = A.Time,
    });

    /// <summary>A cluster is seen so from now on.</summary>
    public void See(ClusterObservation cluster) => _clusters[cluster.ClusterId] = cluster;
}
