using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Has instances run: nodes are started by their agents, proxies by Docker. The node that makes a new cluster's data is started before the others, and those when it is at it:
/// before, they could only wait, and take the processors from it.
/// </summary>
internal sealed class StartStep : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the others wait at most: what keeps the first node from its data is found out by the step that waits for it.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(4);

    private readonly InstanceBuilder _builder;
    private readonly Func<Instance, bool, bool> _isWanted;
    private readonly Func<StepContext, CancellationToken, Task<bool>> _isTime;

    private StartStep(InstanceBuilder builder, string name, Func<Instance, bool, bool> isWanted, Func<StepContext, CancellationToken, Task<bool>>? isTime = null)
    {
        _builder = builder;
        Name = name;
        _isWanted = isWanted;
        _isTime = isTime ?? ((_, _) => Task.FromResult(true));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <summary>
    /// The steps: the node that makes the cluster, with the proxies, which have nobody behind them yet; the nodes that copy from it; and all at once.
    /// </summary>
    public static IReadOnlyList<IOperationStep> All(InstanceBuilder builder, IEngineDriver driver, TimeProvider timeProvider) =>
    [
        new StartStep(builder, StepNames.StartFirst, (instance, isFirst) => isFirst || instance.Profile.IsEntrance),
        new StartStep(builder, StepNames.StartReplicas, (instance, isFirst) => !isFirst && instance.Profile.IsNode, async (context, cancellationToken) =>
            context.Operation.Steps.First(step => step.Name == StepNames.StartReplicas).StartedAt is { } at && (timeProvider.GetUtcNow() - at).Duration() > _patience
            || await driver.HasBegunAsync(context.Cluster, context.Instances, cancellationToken)),
        new StartStep(builder, StepNames.Start, (instance, _) => instance.Profile.IsNode || instance.Profile.IsEntrance),
    ];

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var blueprints = (await _builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken)).Where(blueprint => context.IsPresent(blueprint.Instance)).ToList();
        var founder = Instance.FounderOf(blueprints.Select(blueprint => blueprint.Instance));
        var first = blueprints.FirstOrDefault(blueprint => blueprint.Instance.Id == founder?.Id);
        if (!await _isTime(context, cancellationToken))
            return new StepOutcome.Again($"waiting for {founder?.Member} to begin the data", _pause);
        var wanted = blueprints.Where(blueprint => _isWanted(blueprint.Instance, blueprint == first)).ToList();
        if (first is not null && wanted.Remove(first))
            await StartAsync(first);
        await Task.WhenAll(wanted.Select(StartAsync));
        return new StepOutcome.Done(string.Join(", ", blueprints.Where(blueprint => _isWanted(blueprint.Instance, blueprint == first)).Select(blueprint => blueprint.Instance.Member)));

        async Task StartAsync(InstanceBlueprint blueprint)
        {
            try
            {
                // A new node has no data yet, whatever is noted of the cluster: its host is told when there is some.
                var isNew = context.Cluster.Lifecycle == ClusterLifecycle.Creating;
                await _builder.StartAsync(context.Cluster, isNew ? blueprint with { Instance = blueprint.Instance with { Initialised = false } } : blueprint, cancellationToken);
            }
            catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.DataGone && IsReplicaThatComesBack(context, blueprint.Instance))
            {
                await _builder.RebuildAsync(context.Cluster, blueprint, cancellationToken);
            }
        }
    }

    /// <summary>Whether a node has its data from a primary that leads: a cluster that comes back has one before the others are started.</summary>
    private static bool IsReplicaThatComesBack(StepContext context, Instance instance) =>
        context.Cluster is { Lifecycle: ClusterLifecycle.Undeleting, Trash.Primary: { } primary } && instance.Profile.IsNode && instance.Id != primary.Id;
}
