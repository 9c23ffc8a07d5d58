using Agents.Controller.Execution;
using Agents.Controller.Observation;
using Agents.Controller.Stores;
using Agents.Domain.Model;
using Agents.Domain.Planning;

namespace Agents.Controller.Loops;

/// <summary>
/// Keeps clusters as they are meant to be: reads the store and what is seen, has the planner decide, does what it says, and looks again with the next turn.
/// </summary>
internal sealed class ReconcileLoop(IStore store, IFleetView fleet, FirstSight firstSight, InstanceBuilder builder, ILogger<ReconcileLoop> logger) : ILoop
{
    private bool _wasTold;

    /// <inheritdoc/>
    public string Name => "reconcile";

    /// <inheritdoc/>
    public TimeSpan Period => TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var (clusters, instances, hosts) = await store.ReadAsync(
            reader => (reader.ListClusters(null), reader.ListInstances().ToLookup(instance => instance.ClusterId), reader.ListHosts(null)), cancellationToken);
        var isSilent = IsSilent(hosts);

        foreach (var cluster in clusters)
        {
            try
            {
                await ReconcileAsync(cluster, [.. instances[cluster.Id]], isSilent, cancellationToken);
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or StoreUnavailableException))
            {
                Log.ClusterFaulted(logger, cluster.Name, exception); // One that cannot be made sense of keeps no other from being looked after.
            }
        }

        return false;
    }

    private async Task ReconcileAsync(Cluster cluster, IReadOnlyList<Instance> instances, bool isSilent, CancellationToken cancellationToken)
    {
        var plan = Planner.Decide(new PlannerInput
        {
            Cluster = cluster,
            Instances = instances,
            Hosts = fleet.Hosts,
            FleetIsSilent = isSilent,
            ObserveOnly = fleet.ObserveOnly,
        });
        if (!plan.Held.IsEmpty)
            Log.Held(logger, cluster.Name, string.Join("; ", plan.Held));
        if (!plan.Actions.IsEmpty)
            await ActAsync(cluster, instances, plan, cancellationToken);
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

    private async Task ActAsync(Cluster cluster, IReadOnlyList<Instance> instances, Plan plan, CancellationToken cancellationToken)
    {
        var blueprints = (await builder.BlueprintsAsync(cluster, instances, cancellationToken)).ToDictionary(blueprint => blueprint.Instance.Id);
        foreach (var action in plan.Actions)
        {
            Log.Acting(logger, cluster.Name, action.Kind.ToString(), action.Instance.Member, action.Reason);
            try
            {
                if (action.Kind == ActionKind.Ensure)
                {
                    await builder.EnsureNetworkAsync(action.Instance, cancellationToken);
                    await builder.EnsureAsync(blueprints[action.Instance.Id], cancellationToken);
                }

                await builder.StartAsync(blueprints[action.Instance.Id], cancellationToken);
            }
            catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException)
            {
                Log.ActionFailed(logger, cluster.Name, action.Kind.ToString(), action.Instance.Member, exception.Message);
            }
        }
    }
}
