using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Has the primary that is to hand over write down what is in its memory, while it takes writes: its stop, in which nobody can write, then has little left to do. Without it the switchover would
/// only take longer.
/// </summary>
internal sealed class CheckpointStep(InstanceBuilder builder, IEngineDriver driver) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => StepNames.Checkpoint;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var arguments = SwitchoverArguments.Parse(context.Operation.Arguments);
        if (await driver.FindPrimaryAsync(context.Instances, cancellationToken) is not { } primary)
            return new StepOutcome.Again("waiting for a primary");
        if (primary.Id != arguments.From)
            return new StepOutcome.Done($"{primary.Member} leads");
        try
        {
            await builder.AgentOf(primary.HostId).ExecuteAsync(InstanceTarget.Of(context.Cluster, primary), "postgres", "CHECKPOINT", withoutTransaction: true, cancellationToken);
            return new StepOutcome.Done($"{primary.Member} has written down what it had in memory");
        }
        catch (Exception exception) when (exception is AgentRefusedException or AgentUnavailableException)
        {
            // One that takes long goes on by itself. While this operation holds the cluster nobody looks after its primary, so it is not waited for.
            return new StepOutcome.Done($"{primary.Member} may be slower to stop: {exception.Message}");
        }
    }
}
