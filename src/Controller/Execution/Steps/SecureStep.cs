using Agents.Domain.Health;
using Agents.Domain.Model;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Waits until commits wait for replicas as the durability asks. The engine turns that on only some seconds after its first promotion; until then a commit has survived the
/// primary's disk alone, and a cluster that is said to be there would lose it with that disk.
/// </summary>
internal sealed class SecureStep(InstanceBuilder builder, LeaderFinder leaders, PatroniWaker waker) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => "secure commits";

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var durability = context.Cluster.Effective.Durability;
        if (durability == Durability.Async)
            return new StepOutcome.Done("durability async: a commit waits for no replica");
        if (await leaders.FindAsync(context.Instances, cancellationToken) is not { } leader)
            return new StepOutcome.Again("waiting for a primary");

        var replication = await builder.AgentOf(leader.HostId).GetReplicationAsync(leader.Id, cancellationToken);
        var confirming = replication.Where(replica => DurabilityRules.Confirms(replica.State, replica.SyncState)).Select(replica => replica.Name).Order(StringComparer.Ordinal).ToList();
        if (confirming.Count > 0)
            return new StepOutcome.Done($"durability {durability.ToString().ToLowerInvariant()}: a commit waits for one of {string.Join(", ", confirming)}");
        await waker.WakeAsync(leader, cancellationToken);
        return new StepOutcome.Again("waiting for the engine to ask replicas for confirmations", _pause);
    }
}
