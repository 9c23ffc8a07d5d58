using System.Collections.Immutable;
using Agents.Controller.Observation;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>
/// Tells the proxies of clusters which nodes take connections, as soon as that is known and whenever it has changed: their own checks, which decide in the end, are rare. Nobody waits for it, and what a
/// proxy was not told within some seconds it finds out by itself. Safe for concurrent use.
/// </summary>
internal sealed class ProxyTeller(IAgents agents, IFleetView fleet, TimeProvider timeProvider)
{
    private const int TriesMax = 7;
    private static readonly TimeSpan _pauseMin = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Dictionary<ClusterId, Word> _last = [];

    /// <summary>A node leads and takes writes, by its own word in this moment.</summary>
    public void Tell(Cluster cluster, IReadOnlyList<Instance> instances, Instance primary) =>
        Tell(cluster, instances, new Word(timeProvider.GetUtcNow(), ProxyServers.Of(instances, primary.Member)));

    /// <summary>The cluster was looked at.</summary>
    public void Tell(Cluster cluster, IReadOnlyList<Instance> instances, ClusterObservation seen) =>
        Tell(cluster, instances, new Word(seen.ObservedAt, ProxyServers.Of(instances, seen, instances.Where(HasEnded).Select(instance => instance.Id).ToHashSet())));

    /// <summary>Forgets all clusters but these.</summary>
    public void Keep(IReadOnlySet<ClusterId> clusters)
    {
        lock (_lock)
        {
            foreach (var gone in _last.Keys.Where(id => !clusters.Contains(id)).ToList())
                _last.Remove(gone);
        }
    }

    private void Tell(Cluster cluster, IReadOnlyList<Instance> instances, Word word)
    {
        if (word.Servers.IsEmpty || fleet.IsObserveOnly(cluster.Ref) || !TryTake(cluster.Id, word))
            return;
        foreach (var proxy in instances.Where(instance => instance.Profile.IsEntrance))
            _ = TellAsync(cluster, proxy, word);
    }

    /// <summary>Whether a word is news: what was seen earlier than the last one is none. Where the clock was set back the later one counts all the same.</summary>
    private bool TryTake(ClusterId cluster, Word word)
    {
        lock (_lock)
        {
            if (_last.TryGetValue(cluster, out var last) && (last.At - word.At is { Ticks: > 0 } age && age < ClusterObservation.FreshFor || last.Servers.SequenceEqual(word.Servers)))
                return false;
            _last[cluster] = word;
            return true;
        }
    }

    private async Task TellAsync(Cluster cluster, Instance proxy, Word word)
    {
        var pause = _pauseMin;
        for (var attempt = 0; attempt < TriesMax && IsLast(cluster.Id, word); attempt++)
        {
            try
            {
                if (agents.Find(proxy.HostId) is { } agent)
                {
                    await agent.SetProxyServersAsync(InstanceTarget.Of(cluster, proxy), word.Servers, CancellationToken.None);
                    return;
                }
            }
            catch (AgentRefusedException exception) when (!Refusals.IsForNow(exception.Reason, ""))
            {
                return; // As one that is not made yet: it asks when it starts.
            }
            catch (Exception exception) when (exception is AgentRefusedException or AgentUnavailableException)
            {
                // As one that has not opened its socket yet.
            }

            await Task.Delay(pause, timeProvider);
            pause *= 2;
        }
    }

    private bool IsLast(ClusterId cluster, Word word)
    {
        lock (_lock)
            return _last.GetValueOrDefault(cluster) == word;
    }

    private bool HasEnded(Instance instance) =>
        fleet.Host(instance.HostId) is { IsCurrent: true } host && host.Containers.GetValueOrDefault(instance.ContainerName) is { State: ContainerState.Exited };

    /// <summary>What is said of a cluster.</summary>
    /// <param name="At">When it was seen.</param>
    /// <param name="Servers">How its servers are.</param>
    private sealed record Word(DateTimeOffset At, ImmutableArray<ProxyServer> Servers);
}
