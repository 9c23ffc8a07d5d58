using Agents.Domain.Engines;

namespace Agents.Controller.Execution.Steps;

/// <summary>Starts the nodes that a cluster gets: they get their data from the primary, and may confirm commits a moment later.</summary>
internal sealed class StartNodesStep(InstanceBuilder builder) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => StepNames.StartNodes;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var added = (await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken)).Where(blueprint => context.IsPresent(blueprint.Instance)).ToList();
        await Task.WhenAll(added.Select(blueprint => builder.StartAsync(context.Cluster, blueprint, cancellationToken)));
        return new StepOutcome.Done(string.Join(", ", added.Select(blueprint => blueprint.Instance.Member)));
    }
}
