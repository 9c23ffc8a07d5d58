using Agents.Domain.Engines.Patroni;
using Agents.Domain.Kinds;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Engines.Patroni;

/// <summary>Waits until the etcd members have quorum, so that a want of it is told as what it is, and not as a bootstrap that does not end.</summary>
internal sealed class QuorumStep(IPatroniAgents agents, InstanceBuilder builder, TimeProvider timeProvider) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long members that were just started usually take at most. From then on they are told to run again, and asked less often.</summary>
    private static readonly TimeSpan _usual = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _longPause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => PatroniSteps.EtcdQuorum;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var members = context.Present.Where(instance => instance.Kind == InstanceKind.Etcd).ToList();
        if (await HasQuorumAsync(members[0], cancellationToken))
            return new StepOutcome.Done($"{members.Count} members agree");
        var message = $"waiting for quorum of {members.Count} members";
        if (context.Operation.Steps.First(step => step.Name == Name).StartedAt is not { } at || (timeProvider.GetUtcNow() - at).Duration() < _usual)
            return new StepOutcome.Again(message, _pause);

        // An engine that was restarted since may have left them down.
        var blueprints = await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken);
        await Task.WhenAll(blueprints.Where(blueprint => context.IsPresent(blueprint.Instance) && blueprint.Instance.Kind == InstanceKind.Etcd).Select(member => builder.StartAsync(context.Cluster, member, cancellationToken)));
        return new StepOutcome.Again(message, _longPause);
    }

    private async Task<bool> HasQuorumAsync(Instance member, CancellationToken cancellationToken)
    {
        try
        {
            var agent = agents.FindPatroni(member.HostId) ?? throw new AgentUnavailableException("the host has no link");
            return await agent.IsEtcdHealthyAsync(member.Id, cancellationToken);
        }
        catch (AgentRefusedException)
        {
            return false; // Not up yet.
        }
    }
}
