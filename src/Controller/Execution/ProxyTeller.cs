using System.Collections.Immutable;
using Agents.Controller.Observation;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>
/// Tells the proxies of clusters which nodes take connections, as soon as that is known and whenever it has changed: their own checks, which decide in the end, are rare. Nobody waits for it. What a
/// proxy could not be told it is told when its cluster is looked at again, and it finds it out by itself. Safe for concurrent use.
/// </summary>
internal sealed class ProxyTeller(IAgents agents, IFleetView fleet, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ClusterId, Told> _told = [];

    /// <summary>The time by which words are ordered: that of the question and not of its answer, which may be long in coming.</summary>
    public DateTimeOffset Now => timeProvider.GetUtcNow();

    /// <summary>A node leads and takes writes, by its own word when it was asked.</summary>
    public void Tell(Cluster cluster, IReadOnlyList<Instance> instances, Instance primary, DateTimeOffset askedAt) =>
        Tell(cluster, instances, askedAt, ProxyServers.Of(instances, primary.Member));

    /// <summary>The cluster was looked at, just now: what was answered long ago ends no sessions.</summary>
    public void Tell(Cluster cluster, IReadOnlyList<Instance> instances, ClusterObservation seen) =>
        Tell(cluster, instances, seen.ObservedAt, ProxyServers.Of(instances, seen, instances.Where(HasEnded).Select(instance => instance.Id).ToHashSet()));

    /// <summary>Forgets all clusters but these.</summary>
    public void Keep(IReadOnlySet<ClusterId> clusters)
    {
        lock (_lock)
        {
            foreach (var gone in _told.Keys.Where(id => !clusters.Contains(id)).ToList())
                _told.Remove(gone);
        }
    }

    private void Tell(Cluster cluster, IReadOnlyList<Instance> instances, DateTimeOffset at, ImmutableArray<ProxyServer> servers)
    {
        if (servers.IsEmpty || fleet.IsObserveOnly(cluster.Ref))
            return;
        List<Instance> begun;
        Told told;
        lock (_lock)
        {
            told = _told.TryGetValue(cluster.Id, out var known) ? known : _told[cluster.Id] = new Told();
            told.Take(at, servers);
            begun = [.. instances.Where(instance => instance.Profile.IsEntrance && told.IsDue(instance.Id) && told.Busy.Add(instance.Id))];
        }

        foreach (var proxy in begun)
            _ = TellAsync(cluster, proxy, told);
    }

    /// <summary>Tells a proxy until it knows the last word, or does not answer.</summary>
    private async Task TellAsync(Cluster cluster, Instance proxy, Told told)
    {
        while (true)
        {
            ImmutableArray<ProxyServer> servers;
            lock (_lock)
                servers = told.Servers;
            var isTold = await TryAsync(cluster, proxy, servers);
            lock (_lock)
            {
                if (isTold)
                    told.Known[proxy.Id] = servers;
                if (isTold && told.IsDue(proxy.Id))
                    continue;
                told.Busy.Remove(proxy.Id);
                return;
            }
        }
    }

    private async Task<bool> TryAsync(Cluster cluster, Instance proxy, ImmutableArray<ProxyServer> servers)
    {
        try
        {
            if (agents.Find(proxy.HostId) is not { } agent)
                return false;
            await agent.SetProxyServersAsync(InstanceTarget.Of(cluster, proxy), servers, CancellationToken.None);
            return true;
        }
        catch (AgentRefusedException exception)
        {
            return !Refusals.IsForNow(exception.Reason, ""); // What is refused for good is not said again, as to one that is not made yet: it asks when it starts.
        }
        catch (Exception)
        {
            return false; // Nobody waits for this: whatever it was, the proxy is told with the next look.
        }
    }

    private bool HasEnded(Instance instance) =>
        fleet.Host(instance.HostId) is { IsCurrent: true } host && host.Containers.GetValueOrDefault(instance.ContainerName) is { State: ContainerState.Exited };

    /// <summary>What is to be said to the proxies of a cluster, and what was.</summary>
    private sealed class Told
    {
        private DateTimeOffset _at;

        /// <summary>How the servers are.</summary>
        public ImmutableArray<ProxyServer> Servers { get; private set; } = [];

        /// <summary>What each proxy was told.</summary>
        public Dictionary<InstanceId, ImmutableArray<ProxyServer>> Known { get; } = [];

        /// <summary>The proxies that are being told.</summary>
        public HashSet<InstanceId> Busy { get; } = [];

        /// <summary>Takes a word. One that was seen before the last one is none; where the clock was set back the later one counts all the same.</summary>
        public void Take(DateTimeOffset at, ImmutableArray<ProxyServer> servers)
        {
            if (_at - at is { Ticks: > 0 } age && age < ClusterObservation.FreshFor)
                return;
            (_at, Servers) = (at, servers);
        }

        /// <summary>Whether a proxy does not know the last word.</summary>
        public bool IsDue(InstanceId proxy) => !Known.TryGetValue(proxy, out var known) || !known.SequenceEqual(Servers);
    }
}
