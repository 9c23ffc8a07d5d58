using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Has the engine hand the lead over, and the proxies told. Who leads is looked at first: a try whose answer was lost is not made twice. What the engine refuses has changed nothing.
/// </summary>
internal sealed class HandOverStep(IEngineDriver driver, ProxyTeller proxies) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public string Name => StepNames.HandOver;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var arguments = SwitchoverArguments.Parse(context.Operation.Arguments);
        var target = context.Instances.FirstOrDefault(instance => instance.Id == arguments.To);
        if (arguments.To is not null && target is null)
            return new StepOutcome.Failed(ErrorReasons.NotFound, "the node that was to lead is no instance of the cluster any more");
        var askedAt = proxies.Now;
        if (await driver.FindPrimaryAsync(context.Instances, cancellationToken) is not { } leader)
            return new StepOutcome.Again("waiting for a primary", _pause, ErrorReasons.NoPrimary);
        if (leader.Id == arguments.From)
            return await HandOverAsync(context, leader, target, cancellationToken);

        proxies.Tell(context.Cluster, context.Instances, leader, askedAt);
        await driver.WakeAsync(context.Cluster, leader, cancellationToken); // Its replicas need their slots in a moment.
        return target is null || leader.Id == target.Id
            ? new StepOutcome.Done($"{leader.Member} takes writes")
            : new StepOutcome.Failed(ErrorReasons.LeadElsewhere, $"{leader.Member} leads, and not {target.Member}: the engine chose otherwise");
    }

    private async Task<StepOutcome> HandOverAsync(StepContext context, Instance primary, Instance? target, CancellationToken cancellationToken)
    {
        if (await driver.HandOverAsync(context.Cluster, primary, target, cancellationToken) is not { Length: > 0 } refusal)
            return new StepOutcome.Again($"{primary.Member} has handed the lead over", TimeSpan.Zero, ErrorReasons.NoPrimary);
        // The engine says no as well when it has only waited too long for an end that comes yet.
        var isAtIt = (await driver.FindPrimaryAsync(context.Instances, cancellationToken))?.Id != primary.Id
            || (await driver.FindSuccessionAsync(context.Cluster, context.Instances, primary, cancellationToken)).Reason == ErrorReasons.SwitchoverPending;
        return isAtIt
            ? new StepOutcome.Again($"{primary.Member} is handing the lead over: {refusal}", _pause, ErrorReasons.SwitchoverRefused)
            : new StepOutcome.Failed(ErrorReasons.SwitchoverRefused, $"{primary.Member} leads still: {refusal}");
    }
}
