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
        var away = await remover.RemoveContainersAsync(context, cancellationToken);
        return new StepOutcome.Done(AwayMessage.Of(context, away, $"{context.Instances.Count} containers"));
    }
}
