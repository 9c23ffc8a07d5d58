using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;

namespace Agents.Controller.Execution.Steps;

/// <summary>Waits until all replicas stream, and notes on the hosts and in the store that the instances hold data from now on.</summary>
internal sealed class ConvergeStep(DataNote note, InstanceBuilder builder, IEngineDriver driver) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public string Name => StepNames.Converge;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (await driver.FindPrimaryAsync(context.Instances, cancellationToken) is not { } leader)
            return new StepOutcome.Again("waiting for a primary");

        var wanted = context.Cluster.Effective.NodeCount - 1;
        var replication = (await builder.AgentOf(leader.HostId).GetReplicationAsync(leader.Id, cancellationToken)).Replicas;
        var streaming = replication.Count(replica => replica.State == "streaming");
        if (streaming < wanted)
        {
            await driver.WakeAsync(context.Cluster, leader, cancellationToken);
            return new StepOutcome.Again($"{streaming} of {wanted} replicas stream", _pause);
        }

        await MarkInitialisedAsync(context, cancellationToken);
        return new StepOutcome.Done($"{streaming} of {wanted} replicas stream");
    }

    private async Task MarkInitialisedAsync(StepContext context, CancellationToken cancellationToken)
    {
        var instances = await note.WriteAsync(context.Cluster.Ref, cancellationToken);
        var blueprints = await builder.BlueprintsAsync(context.Cluster, instances, cancellationToken);
        await Task.WhenAll(blueprints.Where(blueprint => blueprint.Instance.Profile.HoldsData).Select(blueprint => builder.StartAsync(context.Cluster, blueprint, cancellationToken)));
    }
}
