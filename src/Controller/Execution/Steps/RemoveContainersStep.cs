using Agents.Domain.Engines;

namespace Agents.Controller.Execution.Steps;

/// <summary>Removes the containers.</summary>
internal sealed class RemoveContainersStep(ClusterRemover remover) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => StepNames.RemoveContainers;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var undone = await remover.RemoveContainersAsync(context, cancellationToken);
        return new StepOutcome.Done(ClusterRemover.Undone.Message(context, undone, $"{context.Instances.Count} containers"));
    }
}
