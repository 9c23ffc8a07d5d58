using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>Brings the configuration of a cluster's proxies and nodes in step with who belongs to it. What could not be done is left to the loop (<see cref="InstanceBuilder.NoteStaleAsync"/>).</summary>
internal sealed class Reconfiguration(IStore store, InstanceBuilder builder, IFleetView fleet, FirstSight firstSight)
{
    /// <summary>
    /// Has the proxies know these nodes and no others, and send no reads to those that are about to leave, one proxy after the other, so that there is always one to connect to. One that does not run, or whose agent does not do it, is left to the loop. Returns the names of
    /// those.
    /// </summary>
    public async Task<IReadOnlyList<string>> ConfigureProxiesAsync(Cluster cluster, IReadOnlyList<Instance> instances, IReadOnlyCollection<Instance> leaving, CancellationToken cancellationToken)
    {
        if (instances.FirstOrDefault(instance => instance.Profile.IsEntrance && firstSight.IsAwaited(instance.HostId)) is { } awaited)
            throw new AgentUnavailableException($"the host of {awaited.Member} has not linked since the start");
        // What is in force now: one try of a step may put one after the other into force.
        var hashes = (await store.ReadAsync(reader => reader.ListInstances(cluster.Ref), cancellationToken)).ToDictionary(instance => instance.Id, instance => instance.ConfigHash);
        var stale = (await builder.BlueprintsAsync(cluster, instances, leaving, cancellationToken)).Where(blueprint => blueprint.Instance.Profile.IsEntrance && hashes.GetValueOrDefault(blueprint.Instance.Id) != blueprint.ConfigHash)
            .ToLookup(blueprint => Runs(blueprint.Instance));
        var left = stale[false].Select(proxy => proxy.Instance.Member).ToList();
        foreach (var proxy in stale[true])
        {
            try
            {
                await builder.ConfigureAsync(cluster, proxy, isRunning: true, cancellationToken);
            }
            catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
            {
                left.Add(proxy.Instance.Member); // One host's agent holds up nobody else.
            }
        }

        return left;
    }

    /// <summary>Tells the proxies that run that these nodes take reads, and waits for each: by themselves they find that out some seconds later. One whose agent does not do it finds it out so.</summary>
    public Task OpenReadsAsync(Cluster cluster, IReadOnlyList<Instance> instances, IReadOnlyList<string> members, CancellationToken cancellationToken) => Task.WhenAll(
        instances.Where(instance => instance.Profile.IsEntrance && Runs(instance)).Select(async proxy =>
        {
            try
            {
                await builder.AgentOf(proxy.HostId).SetProxyServersAsync(InstanceTarget.Of(cluster, proxy), [.. members.Select(member => new ProxyServer(KindProfile.ReadOnlyPort, member, IsUp: true))], cancellationToken);
            }
            catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
            {
                // Its own checks are some seconds later.
            }
        }));

    private bool Runs(Instance proxy) =>
        fleet.Host(proxy.HostId) is { IsCurrent: true } host && host.Containers.GetValueOrDefault(proxy.ContainerName) is { State: ContainerState.Running };
}
