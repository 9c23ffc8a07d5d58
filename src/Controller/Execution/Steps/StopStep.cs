using Agents.Domain.Kinds;
using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>Stops the instances of one part of a cluster, so that what depends on them is gone before them. Where these may hold the lead, who does is noted once more before.</summary>
internal sealed class StopStep(ClusterRemover remover, string name, Func<KindProfile, bool> isMeant, PrimaryNote? note = null) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public TimeSpan Limit => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Operation.Kind == OperationKinds.PostgresClusterStop && !context.Cluster.IsStopped)
            return new StepOutcome.Failed(ErrorReasons.NotStopped, "the cluster is meant to run");
        if (note is not null)
            context = context with { Cluster = await note.CorrectAsync(context, cancellationToken) };
        var wanted = context.Instances.Where(instance => isMeant(instance.Profile)).ToList();
        var undone = await remover.StopAsync(context, wanted, cancellationToken);
        return new StepOutcome.Done(ClusterRemover.Undone.Message(context, undone, $"{wanted.Count} stopped"));
    }
}
