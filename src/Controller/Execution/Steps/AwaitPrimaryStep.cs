using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>Waits for the primary that the engine chooses, and lets the old one be started: it comes back as a replica.</summary>
internal sealed class AwaitPrimaryStep(InstanceBuilder builder, IEngineDriver driver, TimeProvider timeProvider) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The fence ends before the step does: without another primary the old one is needed.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(40);

    /// <inheritdoc/>
    public string Name => StepNames.AwaitPrimary;

    /// <inheritdoc/>
    public TimeSpan Limit => PrimaryFence.Duration;

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var old = PrimaryFence.PrimaryOf(context);
        if (await driver.FindPrimaryAsync([.. context.Instances.Where(instance => instance != old)], cancellationToken) is { } primary)
        {
            if (old is not null)
                await PrimaryFence.ReleaseAsync(context, old, builder, cancellationToken);
            return new StepOutcome.Done($"{primary.Member} takes writes");
        }

        var since = context.Operation.Steps.First(step => step.Name == Name).StartedAt ?? timeProvider.GetUtcNow();
        return (timeProvider.GetUtcNow() - since).Duration() < _patience
            ? new StepOutcome.Again("waiting for the primary that the engine chooses", _pause)
            : await PrimaryFence.GiveUpAsync(context, builder, ErrorReasons.NoPrimary, "the engine has chosen no other primary", cancellationToken);
    }
}
