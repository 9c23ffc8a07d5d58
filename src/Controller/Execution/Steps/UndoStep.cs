using Agents.Domain.Model;
using Agents.Protocol;

namespace Agents.Controller.Execution.Steps;

/// <summary>
/// Takes away all that a create has made, unless a host knows of data in it: a store that was put back from an older copy may take for half-made what people use. All hosts that
/// are there are asked before anything is touched; those that are away are asked when they return.
/// </summary>
internal sealed class UndoStep(ClusterRemover remover, RemoveDataStep removal) : IOperationStep
{
    /// <inheritdoc/>
    public string Name => "undo";

    /// <inheritdoc/>
    public TimeSpan Limit => removal.Limit;

    /// <inheritdoc/>
    public async Task<StepOutcome> DoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var holding = await remover.FindDataAsync(context, cancellationToken);
        return holding.Count == 0
            ? await removal.DoAsync(context, cancellationToken)
            : new StepOutcome.Failed(ErrorReasons.DataPresent, $"{NamesOf(context, holding)} hold data");
    }

    /// <summary>Instances and where they are, for people.</summary>
    public static string NamesOf(StepContext context, IReadOnlyList<Instance> instances) => string.Join(", ", instances.Select(instance => $"{instance.Member} on {context.NameOf(instance.HostId)}"));
}
