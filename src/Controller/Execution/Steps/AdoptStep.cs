using Agents.Controller.Execution.Engines;
using Agents.Domain.Engines;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Starts the former primary over its data, alone, and waits until it leads: with a coordination that knows nothing yet, whoever comes first takes the lead, and a replica may
/// lack rows. From its end on the cluster lives again.
/// </summary>
internal sealed class AdoptStep(DataNote note, InstanceBuilder builder, IEngineDriver driver) : IOperationStep
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public string Name => StepNames.AdoptData;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var primary = Invariant.NotNull(context.Cluster.Trash?.Primary, "what comes back from the trash has a primary");
        if (await driver.FindPrimaryAsync(context.Instances, cancellationToken) is not { } leader)
        {
            var blueprints = await builder.BlueprintsAsync(context.Cluster, context.Instances, cancellationToken);
            await builder.StartAsync(context.Cluster, blueprints.First(blueprint => blueprint.Instance.Id == primary.Id), cancellationToken);
            return new StepOutcome.Again($"waiting for {primary.Member} to lead over its data", _pause);
        }

        if (leader.Id != primary.Id)
            return new StepOutcome.Failed("OTHER_PRIMARY", $"{leader.Member} leads, and not {primary.Member}, whose data is the cluster's");
        await driver.WakeAsync(context.Cluster, leader, cancellationToken);
        // A node that is made anew has none yet: what is noted is not started over an empty volume.
        await note.WriteAsync(context, instance => context.IsPresent(instance) && !instance.Profile.IsNode, cancellationToken);
        return new StepOutcome.Done($"{leader.Member} leads over its data");
    }
}
