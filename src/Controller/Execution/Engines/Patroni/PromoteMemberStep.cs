using Agents.Domain.Engines.Patroni;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>Gives the new member its vote when it has the data, and notes in the store and on its host that it holds data from now on.</summary>
internal sealed class PromoteMemberStep(EtcdMembership membership, DataNote note, InstanceBuilder builder) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public string Name => PatroniSteps.PromoteMember;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var added = context.Instances.First(instance => instance.Id == ReplaceMemberArguments.Parse(context.Operation.Arguments).Replacement);
        if (!await membership.PromoteAsync(context.Cluster, EtcdMembership.OthersOf(context, added.Id)[0], added, cancellationToken))
            return new StepOutcome.Again($"{added.Member} does not have the data yet", _pause);

        // Of this one alone: what another host was away for may not have been made yet.
        var instances = await note.WriteAsync(context, instance => instance.Id == added.Id, cancellationToken);
        var blueprint = (await builder.BlueprintsAsync(context.Cluster, instances, cancellationToken)).First(blueprint => blueprint.Instance.Id == added.Id);
        await builder.StartAsync(context.Cluster, blueprint, cancellationToken);
        return new StepOutcome.Done($"{added.Member} votes");
    }
}
