using Agents.Controller.Stores;
using Agents.Domain.Engines;

namespace Agents.Controller.Execution.Steps;

/// <summary>Makes the nodes that a cluster gets, on all hosts at once, and starts none. Nothing that is there is touched.</summary>
internal sealed class CreateNodesStep(IStore store, InstanceBuilder builder, TimeProvider timeProvider) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => StepNames.CreateNodes;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        await KeepNetworksAsync(context, cancellationToken);
        var added = (await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken)).Where(blueprint => context.IsPresent(blueprint.Instance)).ToList();
        await Task.WhenAll(added.DistinctBy(blueprint => blueprint.Instance.HostId).Select(blueprint => builder.EnsureNetworkAsync(context.Cluster, blueprint.Instance, cancellationToken)));
        await builder.EnsureAsync(context.Cluster, added, cancellationToken);
        return new StepOutcome.Done(string.Join(", ", added.Select(blueprint => $"{blueprint.Instance.Member} on {context.NameOf(blueprint.Instance.HostId)}")));
    }

    /// <summary>A network that was to go with an earlier node of the cluster is needed again.</summary>
    private Task KeepNetworksAsync(StepContext context, CancellationToken cancellationToken) => store.WriteAsync(
        writer =>
        {
            AwaitedHosts.KeepNetworks(writer, context.Cluster.Ref, context.Present.Select(instance => instance.HostId).ToHashSet(), timeProvider.GetUtcNow());
            return true;
        },
        cancellationToken);
}
