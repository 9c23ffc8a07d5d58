using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Waits for the first primary, makes the application's role and database there while the nodes that copy from it are started, and notes, in the store and on the hosts, that there is
/// data. The others are not started before it has a server: they could only wait, and would take the processors from the first. When it is done nobody can log in yet: what comes before may still be
/// undone, as where a port of a node is taken; what comes after never is, not even by a store that is older.
/// </summary>
internal sealed class BootstrapStep(DataNote note, InstanceBuilder builder, IEngineDriver driver, TimeProvider timeProvider) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a first node usually takes at most. From then on it is asked what it waits for, and less often.</summary>
    private static readonly TimeSpan _usual = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _longPause = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name => StepNames.Bootstrap;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        // Nobody else leads in this time, and an answer of its engine costs a node a good part of what it needs to get there.
        var asked = IsLate(context) ? context.Instances : [.. context.Instances.Where(instance => instance.Id == Instance.FounderOf(context.Instances)?.Id)];
        if (!IsLate(context) && !await HasServerAsync(asked, cancellationToken))
            return await WaitAsync(context, cancellationToken);
        var starting = StartStep.StartReplicasAsync(builder, context, cancellationToken);
        if (await FindPrimaryAsync(asked, starting, cancellationToken) is not { } leader)
        {
            await starting;
            return await WaitAsync(context, cancellationToken);
        }

        await Task.WhenAll(MakeDatabaseAsync(context.Cluster, leader, cancellationToken), starting);
        // Before anybody is given the database: whatever becomes of the rest of the operation, the data is not to be lost.
        var instances = await note.WriteAsync(context, cancellationToken);
        await TellHostsAsync(context.Cluster, instances, leader, cancellationToken);
        return new StepOutcome.Done($"{leader.Member} is the primary; database {context.Cluster.Effective.Database}, owner {context.Cluster.Effective.Owner}");
    }

    /// <summary>Whether a server is there, which it is only once it has its data.</summary>
    private async Task<bool> HasServerAsync(IReadOnlyList<Instance> asked, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(asked.Select(node => builder.AgentOf(node.HostId).GetPositionAsync(node.Id, cancellationToken)));
            return true;
        }
        catch (AgentRefusedException)
        {
            return false;
        }
    }

    /// <summary>The node that leads, asked for while others are started; null where none does when they are.</summary>
    private async Task<Instance?> FindPrimaryAsync(IReadOnlyList<Instance> asked, Task starting, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await driver.FindPrimaryAsync(asked, cancellationToken) is { } leader)
                return leader;
            if (starting.IsCompleted)
                return null;
            await Task.WhenAny(starting, Task.Delay(_pause, timeProvider, cancellationToken));
        }
    }

    private async Task<StepOutcome> WaitAsync(StepContext context, CancellationToken cancellationToken)
    {
        // What holds data that is noted has led already, and does again by itself.
        if (!IsLate(context) || context.Instances.Any(instance => instance is { Initialised: true, Profile.IsNode: true }))
            return new StepOutcome.Again("waiting for the first primary", _pause);
        var sight = await driver.FreeBootstrapAsync(context.Cluster, context.Instances, cancellationToken);
        return sight.IsCut ? new StepOutcome.Failed(ErrorReasons.BootstrapCut, sight.Message) : new StepOutcome.Again($"waiting for the first primary: {sight.Message}", _longPause);
    }

    private bool IsLate(StepContext context) =>
        context.Operation.Steps.First(step => step.Name == Name).StartedAt is { } at && (timeProvider.GetUtcNow() - at).Duration() >= _usual;

    private async Task MakeDatabaseAsync(Cluster cluster, Instance leader, CancellationToken cancellationToken)
    {
        var spec = cluster.Effective;
        var agent = builder.AgentOf(leader.HostId);
        var target = InstanceTarget.Of(cluster, leader);
        var isThere = agent.AnyRowAsync(leader.Id, "postgres", BootstrapSql.DatabaseExists(spec), cancellationToken);
        await Task.WhenAll(isThere, agent.ExecuteAsync(target, "postgres", BootstrapSql.Owner(spec), withoutTransaction: false, cancellationToken));
        if (!await isThere)
            await agent.ExecuteAsync(target, "postgres", BootstrapSql.Database(spec), withoutTransaction: true, cancellationToken);
        await agent.ExecuteAsync(target, "postgres", BootstrapSql.Closed(spec), withoutTransaction: false, cancellationToken);
    }

    /// <summary>The primary's host has to know. Those of the coordinators are told as well, so that whichever is away one that is asked knows; replicas when they hold data.</summary>
    private async Task TellHostsAsync(Cluster cluster, IReadOnlyList<Instance> instances, Instance leader, CancellationToken cancellationToken)
    {
        var blueprints = await builder.BlueprintsAsync(cluster, instances, cancellationToken);
        await Task.WhenAll(blueprints.Where(blueprint => blueprint.Instance.Id == leader.Id || blueprint.Instance.Profile.IsCoordinator).Select(TellAsync));

        async Task TellAsync(InstanceBlueprint blueprint)
        {
            try
            {
                await builder.StartAsync(cluster, blueprint, cancellationToken);
            }
            catch (Exception exception) when (exception is AgentUnavailableException or AgentRefusedException && blueprint.Instance.Id != leader.Id)
            {
                // It is told again when the cluster has converged.
            }
        }
    }
}
