using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Starts the node that took the writes when the cluster was stopped, alone, and waits until it does again: it was stopped last and has all there is. Where it cannot be had the engine chooses among the
/// others, which it lets lead only where they hold every acknowledged commit. Where commits wait for no replica it cannot know that: then nobody else is started.
/// </summary>
internal sealed class StartPrimaryStep(InstanceBuilder builder, IEngineDriver driver, PrimaryNote note, ProxyTeller proxies, TimeProvider timeProvider) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    /// <summary>How long it may take to lead before the others are started all the same. A server that was stopped cleanly takes a second or two.</summary>
    private static readonly TimeSpan _aloneFor = TimeSpan.FromMinutes(1);

    private readonly StepClock _clock = new(timeProvider);

    /// <inheritdoc/>
    public string Name => StepNames.StartPrimary;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var askedAt = proxies.Now;
        if (await driver.FindPrimaryAsync(context.Instances, cancellationToken) is { } leader)
        {
            await note.ForgetAsync(context, cancellationToken);
            proxies.Tell(context.Cluster, context.Instances, leader, askedAt);
            return new StepOutcome.Done($"{leader.Member} takes writes");
        }

        if (context.Instances.FirstOrDefault(node => node.Id == StartArguments.Parse(context.Operation.Arguments).Primary) is not { } primary)
            return new StepOutcome.Done("nobody knows which node led: the engine chooses");
        if (!context.IsPresent(primary))
            return Without(context, $"{primary.Member}, which led, is on {context.NameOf(primary.HostId)}, which is away");
        try
        {
            var blueprints = await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken);
            await Task.WhenAll(blueprints
                .Where(blueprint => context.IsPresent(blueprint.Instance) && (blueprint.Instance.Id == primary.Id || blueprint.Instance.Profile.IsEntrance))
                .Select(blueprint => builder.StartAsync(context.Cluster, blueprint, cancellationToken)));
        }
        catch (AgentRefusedException exception) when (exception.Reason is ErrorReasons.DataGone or ErrorReasons.DataForeign)
        {
            return Without(context, $"{primary.Member}, which led, cannot be started ({exception.Message})");
        }

        return context.Cluster.Effective.Durability != Durability.Async && _clock.Since(context.Operation.Id) > _aloneFor
            ? new StepOutcome.Done($"{primary.Member} does not lead after a minute: the others are started, too")
            : new StepOutcome.Again($"waiting for {primary.Member} to lead", _pause, ErrorReasons.NoPrimary);
    }

    private static StepOutcome Without(StepContext context, string why) => context.Cluster.Effective.Durability == Durability.Async
        ? new StepOutcome.Failed(ErrorReasons.NoPrimary, $"{why}; with durability async the others may lack what was acknowledged, so they wait for it")
        : new StepOutcome.Done($"{why}: the engine chooses among the others");
}
