using Agents.Domain.Kinds;

namespace Agents.Controller.Execution.Steps;

/// <summary>Stops the instances of one kind, so that what depends on them is gone before them.</summary>
internal sealed class StopStep(ClusterRemover remover, InstanceKind kind, string name) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var undone = await remover.StopAsync(context, kind, cancellationToken);
        return new StepOutcome.Done(ClusterRemover.Undone.Message(context, undone, $"{context.Instances.Count(instance => instance.Kind == kind)} stopped"));
    }
}
