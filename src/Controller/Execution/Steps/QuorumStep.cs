using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>Waits until the etcd members have quorum, so that a want of it is told as what it is, and not as a bootstrap that does not end.</summary>
internal sealed class QuorumStep(InstanceBuilder builder) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => "etcd quorum";

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var members = context.Instances.Where(instance => instance.Kind == InstanceKind.Etcd).ToList();
        if (await HasQuorumAsync(members[0], cancellationToken))
            return new StepOutcome.Done($"{members.Count} members agree");

        // An engine that was restarted since may have left them down.
        await Task.WhenAll(members.Select(member => StartAsync(member, cancellationToken)));
        return new StepOutcome.Again($"waiting for quorum of {members.Count} members");
    }

    /// <summary>Asynchronous as a whole: a host without a link must not leave the calls to the others behind.</summary>
    private async Task StartAsync(Instance member, CancellationToken cancellationToken) =>
        await builder.AgentOf(member.HostId).StartContainerAsync(InstanceTarget.Of(member), member.ContainerName, cancellationToken);

    private async Task<bool> HasQuorumAsync(Instance member, CancellationToken cancellationToken)
    {
        try
        {
            return await builder.AgentOf(member.HostId).IsEtcdHealthyAsync(member.Id, cancellationToken);
        }
        catch (AgentRefusedException)
        {
            return false; // Not up yet.
        }
    }
}
