using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Execution;

/// <summary>
/// Brings the configuration of a cluster's proxies and nodes in step with who belongs to it. By itself the loop puts into force only what is noted as not in force: a controller that makes another
/// configuration of the same cluster changes nothing that runs.
/// </summary>
internal sealed class Reconfiguration(IStore store, InstanceBuilder builder, IFleetView fleet, FirstSight firstSight)
{
    private readonly ConfigurationNote _note = new(store);

    /// <summary>
    /// Has the proxies know these nodes and no others, one proxy after the other, so that there is always one to connect to. One that does not run, or whose agent does not do it, is left to the loop. Returns the names of
    /// those.
    /// </summary>
    public async Task<IReadOnlyList<string>> ConfigureProxiesAsync(Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        if (instances.FirstOrDefault(instance => instance.Profile.IsEntrance && firstSight.IsAwaited(instance.HostId)) is { } awaited)
            throw new AgentUnavailableException($"the host of {awaited.Member} has not linked since the start");
        var stale = (await builder.BlueprintsAsync(cluster, instances, cancellationToken)).Where(blueprint => blueprint.Instance.Profile.IsEntrance && blueprint.Instance.ConfigHash != blueprint.ConfigHash)
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

    /// <summary>Notes whose configuration is another than it is to be, so that the loop puts that into force: what could not be done while the operation went on, and who gets other orders for the engine.</summary>
    public async Task LeaveToLoopAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (cluster, instances) = await store.ReadAsync(
            reader => (Invariant.NotNull(reader.FindCluster(context.Cluster.Id), "the cluster of an open operation exists"), reader.ListInstances(context.Cluster.Ref)), cancellationToken);
        var blueprints = await builder.BlueprintsAsync(cluster, instances, cancellationToken);
        await _note.WriteAsync(
            [.. blueprints.Where(blueprint => !blueprint.Instance.Profile.IsCoordinator && blueprint.Instance.ConfigHash.Length > 0 && blueprint.Instance.ConfigHash != blueprint.ConfigHash).Select(blueprint => (blueprint.Instance, ""))],
            cancellationToken);
    }

    private bool Runs(Instance proxy) =>
        fleet.Host(proxy.HostId) is { IsCurrent: true } host && host.Containers.GetValueOrDefault(proxy.ContainerName) is { State: ContainerState.Running };
}
