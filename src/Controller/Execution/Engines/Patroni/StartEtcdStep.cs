using Agents.Domain.Engines.Patroni;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>
/// Makes the cluster's networks and its etcd members, and starts the members. They come first and are not waited for: they settle on a leader while the containers of the
/// nodes are made. A member that founds the cluster asks the others, in the order of their URLs, whether it has been there before, and waits a second for each that listens but does
/// not serve yet, as all do that are started in the same moment. So the one that is asked first is started first: nobody listens when it asks, and it serves when it is asked.
/// </summary>
internal sealed class StartEtcdStep(InstanceBuilder builder) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => PatroniSteps.StartEtcd;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var blueprints = await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken);
        var members = blueprints.Where(blueprint => context.IsPresent(blueprint.Instance) && blueprint.Instance.Kind == InstanceKind.Etcd)
            .OrderBy(blueprint => EtcdPeers.UrlOf(blueprint.Instance), StringComparer.Ordinal).ToList();
        await Task.WhenAll(context.Present.DistinctBy(instance => instance.HostId).Select(MakeAsync));
        await Task.WhenAll(members.Skip(1).Select(member => builder.StartAsync(context.Cluster, member, cancellationToken)));
        return new StepOutcome.Done($"{members.Count} members started");

        // One host waits for no other.
        async Task MakeAsync(Instance onHost)
        {
            await builder.EnsureNetworkAsync(context.Cluster, onHost, cancellationToken);
            var own = members.Where(member => member.Instance.HostId == onHost.HostId).ToList();
            await builder.EnsureAsync(context.Cluster, own, cancellationToken);
            if (own.Contains(members[0]))
                await builder.StartAsync(context.Cluster, members[0], cancellationToken);
        }
    }
}
