using Agents.Domain.Engines;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>Makes the volumes, containers and configuration of all that is not there yet when the coordination is, on all hosts at once; starts nothing.</summary>
internal sealed class CreateContainersStep(InstanceBuilder builder) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => StepNames.CreateContainers;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var blueprints = await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken);
        var wanted = blueprints.Where(blueprint => context.IsPresent(blueprint.Instance) && !blueprint.Instance.Profile.IsCoordinator).ToList();
        await builder.EnsureAsync(context.Cluster, wanted, cancellationToken);
        return new StepOutcome.Done($"{wanted.Count} on {Counted.Of(wanted.Select(blueprint => blueprint.Instance.HostId).Distinct().Count(), "host")}");
    }
}
