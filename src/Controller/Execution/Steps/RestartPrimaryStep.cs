using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Restarts PostgreSQL on the node that led at first, where that is not done: who hands the lead over starts anew by that, as a replica. A primary that is alone is restarted where it is, and takes no writes meanwhile.
/// </summary>
internal sealed class RestartPrimaryStep(Restarts restarts, IEngineDriver driver) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(300);

    /// <inheritdoc/>
    public string Name => StepNames.RestartPrimary;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var former = context.Instances.First(node => node.Id == SwitchoverArguments.Parse(context.Operation.Arguments).From);
        try
        {
            if (await restarts.IsDoneAsync(context.Operation, former, cancellationToken))
                return new StepOutcome.Done($"{former.Member} was started anew");
        }
        catch (AgentRefusedException exception) when (exception.Reason is ErrorReasons.PostgresUnreachable or ErrorReasons.SqlFailed)
        {
            return new StepOutcome.Again($"waiting for {former.Member}: {exception.Message}", _pause);
        }

        return await driver.RestartAsync(context.Cluster, former, cancellationToken) is { Length: > 0 } refusal
            ? new StepOutcome.Failed(ErrorReasons.RestartRefused, $"{former.Member} was not restarted: {refusal}")
            : new StepOutcome.Again($"{former.Member} was restarted", _pause);
    }
}
