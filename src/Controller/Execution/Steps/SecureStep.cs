using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Waits until commits wait for replicas as the durability asks. The engine turns that on only some seconds after its first promotion; until then a commit has survived the
/// primary's disk alone, and a cluster that is said to be there would lose it with that disk.
/// </summary>
internal sealed class SecureStep(ClusterObserver observer, IEngineDriver driver) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public string Name => StepNames.SecureCommits;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        // Kept as what is seen of the cluster, too: whoever looks right after the end of the operation must not see an older state.
        var observation = await observer.ObserveAsync(context.Cluster, context.Instances, cancellationToken);
        if (observation?.Members.FirstOrDefault(member => member.IsPrimary && observation.PrimaryTakesWrites && observation.IsOwn(member.Name)) is not { } primary)
            return new StepOutcome.Again("waiting for a primary");
        var durability = context.Cluster.Effective.Durability;
        if (durability == Durability.Async)
            return new StepOutcome.Done("durability async: a commit waits for no replica");

        if ((context.Cluster.Lifecycle == ClusterLifecycle.Undeleting || context.Operation.Kind == OperationKinds.PostgresClusterStart) && context.Present.Count(instance => instance.Profile.IsNode) == 1)
            return new StepOutcome.Done("no replica is there yet that could confirm commits");

        var confirming = observation.Members.Where(member => DurabilityRules.Confirms(member.State, member.SyncState) && observation.IsOwn(member.Name)).Select(member => member.Name).Order(StringComparer.Ordinal).ToList();
        if (confirming.Count > 0)
            return new StepOutcome.Done($"durability {durability.ToString().ToLowerInvariant()}: a commit waits for one of {string.Join(", ", confirming)}");
        await driver.WakeAsync(context.Cluster, context.Instances.First(instance => instance.Member == primary.Name), cancellationToken);
        return new StepOutcome.Again("waiting for the engine to ask replicas for confirmations", _pause);
    }
}
