using Agents.Domain.Kinds;

namespace Agents.Controller.Execution.Steps;

/// <summary>Has the instances of one part of a cluster run: nodes are started by their agents, proxies by Docker.</summary>
internal sealed class StartStep(InstanceBuilder builder, string name, Func<KindProfile, bool> isMeant) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var blueprints = await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken);
        var wanted = blueprints.Where(blueprint => context.IsPresent(blueprint.Instance) && isMeant(blueprint.Instance.Profile)).ToList();
        foreach (var blueprint in wanted)
            await builder.StartAsync(context.Cluster, blueprint, cancellationToken);
        return new StepOutcome.Done($"{wanted.Count} started");
    }
}
