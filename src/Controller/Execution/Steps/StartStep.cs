using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Domain.Planning;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Has instances run: nodes are started by their agents, proxies by Docker. The first node, where it is among them, is started before the others; those side by side.
/// A port that something else holds ends the step while all can still be planned again; later it is waited for, as the cluster is there.
/// </summary>
internal sealed class StartStep : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);

    private readonly InstanceBuilder _builder;
    private readonly Func<Instance, bool, bool> _isWanted;

    private StartStep(InstanceBuilder builder, string name, Func<Instance, bool, bool> isWanted)
    {
        _builder = builder;
        Name = name;
        _isWanted = isWanted;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <summary>
    /// The steps: the node that makes the cluster, with the proxies, which have nobody behind them yet; the nodes that copy from it, which take nothing of the host before they can
    /// begin; and all at once.
    /// </summary>
    public static IReadOnlyList<IOperationStep> All(InstanceBuilder builder) =>
    [
        new StartStep(builder, StepNames.StartFirst, (instance, isFirst) => isFirst || instance.Profile.IsEntrance),
        new StartStep(builder, StepNames.StartReplicas, (instance, isFirst) => !isFirst && instance.Profile.IsNode),
        new StartStep(builder, StepNames.Start, (instance, _) => instance.Profile.IsNode || instance.Profile.IsEntrance),
    ];

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var blueprints = (await _builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken)).Where(blueprint => context.IsPresent(blueprint.Instance)).ToList();
        var first = blueprints.Where(blueprint => blueprint.Instance.Profile.IsNode).MinBy(blueprint => blueprint.Instance.Ordinal);
        var wanted = blueprints.Where(blueprint => _isWanted(blueprint.Instance, blueprint == first)).ToList();
        try
        {
            if (first is not null && wanted.Remove(first))
                await StartAsync(first);
            await Task.WhenAll(wanted.Select(StartAsync));
        }
        catch (AgentRefusedException exception) when (exception is { Reason: ErrorReasons.PortTaken, HostId: { } host } && !CanBePlannedAgain(context))
        {
            return new StepOutcome.Again($"waiting for a port: {context.NameOf(host)}: {exception.Message}", _pause, exception.Reason);
        }
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

    /// <summary>Whether another plan may come of a failure: one that is undone, or is begun anew when it is still needed, as a replacement is.</summary>
    private static bool CanBePlannedAgain(StepContext context) =>
        context.Cluster.Lifecycle is not (ClusterLifecycle.Creating or ClusterLifecycle.Undeleting) || OperationSteps.IsUndoable(context.Operation);

    /// <summary>Whether a node has its data from a primary that leads: a cluster that comes back has one before the others are started.</summary>
    private static bool IsReplicaThatComesBack(StepContext context, Instance instance) =>
        context.Cluster is { Lifecycle: ClusterLifecycle.Undeleting, Trash.Primary: { } primary } && instance.Profile.IsNode && instance.Id != primary.Id;
}
