using Agents.Controller.Stores;
using Agents.Domain.Engines.Patroni;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>Adds the new member to etcd, without a vote, so that it cannot cost the cluster its quorum, and starts it over an empty volume.</summary>
internal sealed class AddMemberStep(IStore store, EtcdMembership membership, InstanceBuilder builder, ImageDelivery images) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => PatroniSteps.AddMember;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var added = context.Instances.First(instance => instance.Id == ReplaceMemberArguments.Parse(context.Operation.Arguments).Replacement);
        var set = await store.ReadAsync(reader => reader.FindImageSet(context.Cluster.ImageSet), cancellationToken);
        await images.EnsureAsync(added.HostId, Invariant.NotNull(set?.Find(added.Kind), "the set has every kind's image"), cancellationToken);
        await membership.AddAsync(context.Cluster, EtcdMembership.OthersOf(context, added.Id)[0], added, cancellationToken);

        var blueprint = (await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken)).First(blueprint => blueprint.Instance.Id == added.Id);
        await builder.EnsureNetworkAsync(context.Cluster, added, cancellationToken);
        await builder.EnsureAsync(context.Cluster, [blueprint], cancellationToken);
        await builder.StartAsync(context.Cluster, blueprint, cancellationToken);
        return new StepOutcome.Done($"{added.Member} started");
    }
}
