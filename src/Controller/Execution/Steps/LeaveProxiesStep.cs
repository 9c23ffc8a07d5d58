using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Has the proxies send no more reads to the nodes that a cluster loses: who comes from now on goes elsewhere, and who reads there already may end what he does. Sessions that rest are not waited for for ever. As long
/// as they run one of them could be chosen, so the proxies know them yet for writes.
/// </summary>
internal sealed class LeaveProxiesStep(ReadDrain drain, IEngineDriver driver, TimeProvider timeProvider) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    private readonly StepClock _clock = new(timeProvider);

    /// <inheritdoc/>
    public string Name => StepNames.LeaveProxies;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Present.Count == 0)
            return new StepOutcome.Done("removed already");
        if (await driver.FindPrimaryAsync(context.Instances, cancellationToken) is not { } leader)
            return new StepOutcome.Again("waiting for a primary", _pause, ErrorReasons.NoPrimary);
        if (context.IsPresent(leader))
            return new StepOutcome.Failed(ErrorReasons.LeadElsewhere, $"{leader.Member} leads now: hand the lead over first");

        var (busy, untold) = await drain.BeginAsync(context, context.Present, leader, cancellationToken);
        var names = string.Join(", ", busy);
        if (busy.Count == 0)
            return new StepOutcome.Done($"nobody reads there{Untold(untold)}");
        return _clock.Since(context.Operation.Id) < ReadDrain.WaitMax
            ? new StepOutcome.Again($"waiting for sessions on {names}, {ReadDrain.WaitMax.TotalSeconds} s at most", _pause)
            : new StepOutcome.Done($"sessions on {names} end with it{Untold(untold)}");
    }

    private static string Untold(IReadOnlyList<string> left) => left.Count == 0 ? "" : $"; {string.Join(", ", left)} could not be told: the controller goes on with it";
}
