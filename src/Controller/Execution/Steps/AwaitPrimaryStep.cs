using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>Waits for the primary that the engine chooses. Without one within the time that a choice takes many times over, the old one is needed.</summary>
internal sealed class AwaitPrimaryStep(IEngineDriver driver, ProxyTeller proxies) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc/>
    public string Name => StepNames.AwaitPrimary;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromSeconds(12);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var old = PrimaryFence.PrimaryOf(context);
        var askedAt = proxies.Now;
        if (await driver.FindPrimaryAsync([.. context.Instances.Where(instance => instance != old)], cancellationToken) is not { } primary)
            return new StepOutcome.Again("waiting for the primary that the engine chooses", _pause, ErrorReasons.NoPrimary);
        proxies.Tell(context.Cluster, context.Instances, primary, askedAt);
        return new StepOutcome.Done($"{primary.Member} takes writes");
    }
}
