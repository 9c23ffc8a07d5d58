using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>Starts the etcd members and waits until they have quorum: a node that meets no quorum waits whole seconds before it asks again.</summary>
internal sealed class EtcdStep(InstanceBuilder builder) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => "start etcd";

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var members = context.Instances.Where(instance => instance.Kind == InstanceKind.Etcd).ToList();
        await Task.WhenAll(members.Select(member => StartAsync(member, cancellationToken)));
        return await HasQuorumAsync(members[0], cancellationToken)
            ? new StepOutcome.Done($"{members.Count} members, quorum")
            : new StepOutcome.Again($"waiting for quorum of {members.Count} members");
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
