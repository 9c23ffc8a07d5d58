using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Has the agent prove that no process of the primary is left, of the very life whose end was seen, and keep it from being started, where another node can be chosen. What is not proved within a moment is left alone: its agent
/// starts it again, and the engine's own timers decide.
/// </summary>
internal sealed class FencePrimaryStep(InstanceBuilder builder, IEngineDriver driver) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public string Name => StepNames.FencePrimary;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (PrimaryFence.PrimaryOf(context) is not { } primary)
            return new StepOutcome.Failed(ErrorReasons.NotFound, "the old primary is no instance of the cluster any more");
        var life = PrimaryFence.LifeOf(context);
        var agent = builder.AgentOf(primary.HostId);
        var looking = driver.FindSuccessionAsync(context.Cluster, context.Instances, primary, cancellationToken); // Beside the proof: it costs no time of its own.
        var exit = await agent.GetExitAsync(primary.Id, cancellationToken);
        var succession = await looking;
        if (exit.Runs)
            return new StepOutcome.Failed(ErrorReasons.PrimaryRuns, $"{primary.Member} runs again: nothing was to be done");
        if (exit.Ended != life)
            return new StepOutcome.Failed(ErrorReasons.LifeDiffers, $"{primary.Member} has run since its end was seen");
        if (!succession.IsPossible)
            return new StepOutcome.Failed(succession.Reason, succession.Message);
        if (exit.Doubt.Length > 0)
            return new StepOutcome.Again($"the end of {primary.Member} is not proved: {exit.Doubt}", _pause, ErrorReasons.ExitNotProved);
        await agent.FenceAsync(InstanceTarget.Of(context.Cluster, primary), PrimaryFence.IdOf(context.Operation), life, PrimaryFence.Duration, "another primary is chosen", cancellationToken);
        return new StepOutcome.Done($"no process of {primary.Member} is left, and it is not started for {PrimaryFence.Duration.TotalSeconds:0} s");
    }
}
