using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>Makes the volumes, containers and configuration of nodes and proxies, on all hosts at once; starts nothing.</summary>
internal sealed class CreateContainersStep(InstanceBuilder builder) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => "create nodes and proxies";

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var blueprints = await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken);
        var wanted = blueprints.Where(blueprint => blueprint.Instance.Kind != InstanceKind.Etcd).ToList();
        await Task.WhenAll(wanted.Select(blueprint => builder.EnsureAsync(blueprint, cancellationToken)));
        return new StepOutcome.Done($"{wanted.Count} on {wanted.Select(blueprint => blueprint.Instance.HostId).Distinct().Count()} hosts");
    }
}
