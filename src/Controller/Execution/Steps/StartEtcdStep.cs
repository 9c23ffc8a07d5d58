using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Makes the cluster's networks and its etcd members, and starts the members. They come first and are not waited for: they settle on a leader while the containers of the
/// nodes are made.
/// </summary>
internal sealed class StartEtcdStep(InstanceBuilder builder) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => "start etcd";

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var blueprints = await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken);
        await Task.WhenAll(context.Instances.DistinctBy(instance => instance.HostId).Select(instance => builder.EnsureNetworkAsync(instance, cancellationToken)));
        var members = blueprints.Where(blueprint => blueprint.Instance.Kind == InstanceKind.Etcd).ToList();
        await Task.WhenAll(members.Select(async member =>
        {
            await builder.EnsureAsync(member, cancellationToken);
            await builder.StartAsync(member, cancellationToken);
        }));
        return new StepOutcome.Done($"{members.Count} members started");
    }
}
