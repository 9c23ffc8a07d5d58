namespace Agents.Controller.Execution.Steps;

/// <summary>Undoes a create that failed or was cancelled: everything that it made goes, data included, since nobody has been given it.</summary>
internal sealed class UndoCreateStep(RemoveDataStep removeData) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => "undo";

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken) => removeData.DoAsync(context, cancellationToken);
}
