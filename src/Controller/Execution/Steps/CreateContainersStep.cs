using Agents.Domain.Kinds;

namespace Agents.Controller.Execution.Steps;

/// <summary>Makes the volumes, containers and configuration of instances of some kinds, on all hosts at once; starts nothing.</summary>
internal sealed class CreateContainersStep(InstanceBuilder builder, string name, IReadOnlyList<InstanceKind> kinds) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var blueprints = await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken);
        var wanted = blueprints.Where(blueprint => context.IsPresent(blueprint.Instance) && kinds.Contains(blueprint.Instance.Kind)).ToList();
        await builder.EnsureAsync(context.Cluster, wanted, cancellationToken);
        return new StepOutcome.Done($"{wanted.Count} on {wanted.Select(blueprint => blueprint.Instance.HostId).Distinct().Count()} hosts");
    }
}
