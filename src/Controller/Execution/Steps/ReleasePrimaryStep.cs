using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Lets the old primary be started: it comes back as a replica. First the engine is to have written down that the new one answers for what was acknowledged: until then the old one could lead
/// again, if the new one was lost in this moment, and knows nothing of what that has acknowledged since. The same where nobody says that he leads, or two do. Waited for that no longer than the
/// fence lasts.
/// </summary>
internal sealed class ReleasePrimaryStep(InstanceBuilder builder, IEngineDriver driver, TimeProvider timeProvider) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public string Name => StepNames.ReleasePrimary;

    /// <inheritdoc/>
    public TimeSpan Limit => PrimaryFence.Duration;

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var old = PrimaryFence.PrimaryOf(context);
        var since = context.Operation.Steps.First(step => step.Name == Name).StartedAt ?? timeProvider.GetUtcNow();
        var primary = await driver.FindPrimaryAsync([.. context.Instances.Where(instance => instance != old)], cancellationToken);
        var hasSucceeded = primary is not null && await driver.HasSucceededAsync(context.Cluster, context.Instances, primary, cancellationToken);
        if (!hasSucceeded && timeProvider.GetUtcNow() - since < _patience) // Where the clock was set back the step's own limit ends it.
        {
            if (primary is null)
                return new StepOutcome.Again("waiting for one node that says that it leads", _pause);
            await driver.WakeAsync(context.Cluster, primary, cancellationToken);
            return new StepOutcome.Again($"waiting until it is written down that {primary.Member} answers for what was acknowledged", _pause);
        }

        return new StepOutcome.Done(await PrimaryFence.ReleaseAsync(context, builder, cancellationToken));
    }
}
