namespace Agents.Controller.Execution.Steps;

/// <summary>Makes the networks, volumes, containers and configuration of all instances, on all hosts at once; starts nothing.</summary>
internal sealed class ContainersStep(InstanceBuilder builder) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => "create containers";

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var blueprints = await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken);
        await Task.WhenAll(context.Instances.DistinctBy(instance => instance.HostId).Select(instance => builder.EnsureNetworkAsync(instance, cancellationToken)));
        await Task.WhenAll(blueprints.Select(blueprint => builder.EnsureAsync(blueprint, cancellationToken)));
        return new StepOutcome.Done($"{blueprints.Count} on {context.Instances.Select(instance => instance.HostId).Distinct().Count()} hosts");
    }
}
