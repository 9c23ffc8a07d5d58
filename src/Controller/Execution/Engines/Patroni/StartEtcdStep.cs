using Agents.Domain.Engines.Patroni;
using Agents.Domain.Kinds;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>
/// Makes the cluster's networks and its etcd members, and starts the members. They come first and are not waited for: they settle on a leader while the containers of the
/// nodes are made.
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
        await Task.WhenAll(context.Present.DistinctBy(instance => instance.HostId).Select(instance => builder.EnsureNetworkAsync(context.Cluster, instance, cancellationToken)));
        var members = blueprints.Where(blueprint => context.IsPresent(blueprint.Instance) && blueprint.Instance.Kind == InstanceKind.Etcd).ToList();
        await builder.EnsureAsync(context.Cluster, members, cancellationToken);
        await Task.WhenAll(members.Select(member => builder.StartAsync(context.Cluster, member, cancellationToken)));
        return new StepOutcome.Done($"{members.Count} members started");
    }
}
