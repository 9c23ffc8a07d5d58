using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>Has instances run: nodes are started by their agents, proxies by Docker. The node that makes a new cluster's data is started before the others.</summary>
internal sealed class StartStep : IOperationStep
{
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

    /// <summary>The steps: the node that makes the cluster, with the proxies, which have nobody behind them yet; and all at once.</summary>
    public static IReadOnlyList<IOperationStep> All(InstanceBuilder builder) =>
    [
        new StartStep(builder, StepNames.StartFirst, (instance, isFirst) => isFirst || instance.Profile.IsEntrance),
        new StartStep(builder, StepNames.Start, (instance, _) => instance.Profile.IsNode || instance.Profile.IsEntrance),
    ];

    /// <summary>Has all nodes run but the one that makes a new cluster's data.</summary>
    public static Task StartReplicasAsync(InstanceBuilder builder, StepContext context, CancellationToken cancellationToken) =>
        StartAsync(builder, context, (instance, isFirst) => !isFirst && instance.Profile.IsNode, cancellationToken);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        try
        {
            return new StepOutcome.Done(string.Join(", ", await StartAsync(_builder, context, _isWanted, cancellationToken)));
        }
        catch (AgentRefusedException exception) when (context.Operation.Kind == OperationKinds.PostgresClusterStart && exception.Reason is ErrorReasons.DataGone or ErrorReasons.DataForeign)
        {
            // The others were started. What becomes of it the loop decides, which sees who leads.
            return new StepOutcome.Failed(exception.Reason, $"all others were started: {exception.Message}");
        }
    }

    /// <summary>Starts those that are wanted, and returns their names.</summary>
    private static async Task<IReadOnlyList<string>> StartAsync(InstanceBuilder builder, StepContext context, Func<Instance, bool, bool> isWanted, CancellationToken cancellationToken)
    {
        var blueprints = (await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken)).Where(blueprint => context.IsPresent(blueprint.Instance)).ToList();
        var founder = Instance.FounderOf(blueprints.Select(blueprint => blueprint.Instance));
        var wanted = blueprints.Where(blueprint => isWanted(blueprint.Instance, blueprint.Instance.Id == founder?.Id)).ToList();
        // One that makes data does so before the others look for it; where all have theirs nobody waits for anybody.
        var isFirst = context.Cluster.Lifecycle == ClusterLifecycle.Creating;
        foreach (var first in wanted.Where(blueprint => isFirst && blueprint.Instance.Id == founder?.Id))
            await StartAsync(builder, context, first, cancellationToken);
        await Task.WhenAll(wanted.Where(blueprint => !isFirst || blueprint.Instance.Id != founder?.Id).Select(blueprint => StartAsync(builder, context, blueprint, cancellationToken)));
        return [.. wanted.Select(blueprint => blueprint.Instance.Member)];
    }

    private static async Task StartAsync(InstanceBuilder builder, StepContext context, InstanceBlueprint blueprint, CancellationToken cancellationToken)
    {
        try
        {
            // A new node has no data yet, whatever is noted of the cluster: its host is told when there is some.
            var isNew = context.Cluster.Lifecycle == ClusterLifecycle.Creating;
            await builder.StartAsync(context.Cluster, isNew ? blueprint with { Instance = blueprint.Instance with { Initialised = false } } : blueprint, cancellationToken);
        }
        catch (AgentRefusedException exception) when (exception.Reason == ErrorReasons.DataGone && IsReplicaThatComesBack(context, blueprint.Instance))
        {
            await builder.RebuildAsync(context.Cluster, blueprint, cancellationToken);
        }
    }

    /// <summary>Whether a node has its data from a primary: a cluster that comes back has one before the others are started.</summary>
    private static bool IsReplicaThatComesBack(StepContext context, Instance instance)
    {
        var primary = context.Operation.Kind == OperationKinds.PostgresClusterUndelete ? context.Cluster.Trash?.Primary?.Id : null;
        // Of a cluster that is started it is forgotten who led as soon as somebody does.
        var isLed = context.Operation.Kind == OperationKinds.PostgresClusterStart && context.Cluster.Stopped is null;
        return instance.Profile.IsNode && (isLed || (primary is not null && instance.Id != primary));
    }
}
