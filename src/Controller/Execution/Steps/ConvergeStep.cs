using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>Waits until all replicas stream, and notes on the host of each, as soon as it does, that it holds data from now on.</summary>
internal sealed class ConvergeStep(DataNote note, PrimaryNote primaryNote, InstanceBuilder builder, IEngineDriver driver, TimeProvider timeProvider) : IOperationStep
{
    private const string Streaming = "streaming";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(300);

    /// <summary>How long a cluster that is started without some of its hosts is waited for until somebody leads: twice what the engine takes to choose.</summary>
    private static readonly TimeSpan _withoutPrimary = TimeSpan.FromMinutes(1);

    /// <summary>How long an operation waits for nodes that a cluster gets.</summary>
    private static readonly TimeSpan _copyMax = TimeSpan.FromMinutes(1);

    private readonly StepClock _clock = new(timeProvider);

    /// <inheritdoc/>
    public string Name => StepNames.Converge;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (await driver.FindPrimaryAsync(context.Instances, cancellationToken) is not { } leader)
            return FailureOf(context) ?? (StepOutcome)new StepOutcome.Again("waiting for a primary");

        await primaryNote.ForgetAsync(context, cancellationToken);
        // By name: who copies the data streams too, and so does every other receiver.
        var replication = (await builder.AgentOf(leader.HostId).GetReplicationAsync(leader.Id, cancellationToken)).Replicas;
        var replicas = context.Present.Where(instance => instance.Profile.IsNode && instance.Id != leader.Id).ToList();
        var streaming = replicas.Where(node => replication.Any(replica => replica.Name == node.Member && replica.State == Streaming)).ToList();
        var message = $"{streaming.Count} of {replicas.Count} replicas stream";
        if (streaming.Count < replicas.Count)
        {
            // Who copies much takes long, and an operation holds its cluster: the loop notes that it has its data when it streams.
            if (context.Operation.Kind == OperationKinds.PostgresClusterAddNodes && _clock.Since(context.Operation.Id) > _copyMax)
            {
                await builder.NoteStaleAsync(context.Cluster.Id, cancellationToken);
                return new StepOutcome.Done($"{message}: the others copy the data on, and the cluster's status says when they stream");
            }

            if (context.Operation.Steps.First(step => step.Name == Name).Message != message)
                await TellHostsAsync(context, await note.WriteAsync(context, streaming.Contains, cancellationToken), streaming.Contains, cancellationToken);
            await driver.WakeAsync(context.Cluster, leader, cancellationToken);
            return new StepOutcome.Again(message, _pause);
        }

        await TellHostsAsync(context, await note.WriteAsync(context, cancellationToken), instance => instance.Profile.HoldsData, cancellationToken);
        if (context.Operation.Kind == OperationKinds.PostgresClusterAddNodes)
            await builder.NoteStaleAsync(context.Cluster.Id, cancellationToken); // Where the primary was the only one it served the reads until now.
        return new StepOutcome.Done(message);
    }

    /// <summary>An operation holds its cluster, and while it does nobody starts what belongs to a host that comes back: who may be the only one that can lead.</summary>
    private StepOutcome.Failed? FailureOf(StepContext context)
    {
        return _clock.Since(context.Operation.Id) > _withoutPrimary && context.Operation.Kind == OperationKinds.PostgresClusterStart && !context.Away.IsEmpty
            ? new StepOutcome.Failed(
                ErrorReasons.NoPrimary,
                $"no node that was started can lead; what is on {string.Join(", ", context.Away.Select(context.NameOf).Order(StringComparer.Ordinal))} is started when that is back, and all go on from there")
            : null;
    }

    private async Task TellHostsAsync(StepContext context, IReadOnlyList<Instance> instances, Func<Instance, bool> holdsData, CancellationToken cancellationToken)
    {
        var blueprints = await builder.BlueprintsAsync(context.Cluster, instances, cancellationToken);
        await Task.WhenAll(blueprints.Where(blueprint => context.IsPresent(blueprint.Instance) && holdsData(blueprint.Instance)).Select(blueprint => builder.StartAsync(context.Cluster, blueprint, cancellationToken)));
    }
}
