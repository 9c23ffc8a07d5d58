using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>Has the agents start the nodes, and starts the proxies beside them.</summary>
internal sealed class StartStep(InstanceBuilder builder) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => "start nodes and proxies";

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var blueprints = await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken);
        var wanted = blueprints.Where(blueprint => blueprint.Instance.Kind != InstanceKind.Etcd).ToList();
        await Task.WhenAll(wanted.Select(blueprint => builder.StartAsync(blueprint, cancellationToken)));
        return new StepOutcome.Done($"{wanted.Count} started");
    }
}
