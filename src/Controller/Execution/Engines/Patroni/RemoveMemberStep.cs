using Agents.Domain.Engines.Patroni;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>
/// Takes a member that has lost its data out of etcd, and what is left of it off its host. First of all its agent is asked once more whether the data is gone: a volume that is there
/// is not removed without a word that this has not, and ends the operation. So does another member in its place: this store is older than that, and a member with a vote is not removed.
/// </summary>
internal sealed class RemoveMemberStep(EtcdMembership membership, InstanceBuilder builder) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => PatroniSteps.RemoveMember;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var arguments = ReplaceMemberArguments.Parse(context.Operation.Arguments);
        if (context.Instances.FirstOrDefault(instance => instance.Id == arguments.Lost) is not { } lost)
            return new StepOutcome.Done("removed");
        var others = EtcdMembership.OthersOf(context, lost.Id);
        if (!await membership.AreWellAsync(others, cancellationToken))
            return new StepOutcome.Again("waiting until all other members agree", _pause);
        if (await membership.FindSuccessorAsync(others[0], lost, cancellationToken) is { } successor)
            return new StepOutcome.Failed(
                "OTHER_MEMBER", $"{successor.Name} has taken the place of {lost.Member} in etcd, and this store does not know it: it is older than that. Put a newer copy in its place");

        await ClearAsync(context.Cluster, lost, cancellationToken);
        await membership.RemoveAsync(context.Cluster, others[0], lost, cancellationToken);
        return new StepOutcome.Done($"{lost.Member} removed");
    }

    private async Task ClearAsync(Cluster cluster, Instance lost, CancellationToken cancellationToken)
    {
        var agent = builder.AgentOf(lost.HostId);
        var target = InstanceTarget.Of(cluster, lost);
        await builder.TakeDownAsync(cluster, lost, cancellationToken);
        await agent.RemoveVolumeAsync(target, lost.DataVolume, destroyData: false, cancellationToken);
        await agent.RemoveVolumeAsync(target, lost.ConfigVolume, destroyData: false, cancellationToken);
        await agent.ForgetAsync(target, cancellationToken);
    }
}
