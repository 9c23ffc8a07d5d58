using System.Collections.Immutable;
using Agents.Domain.Engines;
using Agents.Domain.Model;

namespace Agents.Domain.Planning;

/// <summary>The steps of operations, fixed when they are asked for, and until when one can be cancelled.</summary>
public static class OperationSteps
{
    /// <summary>The steps of a kind of operation on a cluster of an engine, none begun.</summary>
    public static ImmutableArray<OperationStep> Of(string kind, Engine engine)
    {
        var names = EngineTable.Of(engine).StepsOf(kind);
        return names.IsEmpty
            ? throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of operation")
            : [.. names.Select(name => new OperationStep { Name = name })];
    }

    /// <summary>What is left to do of a delete when its cluster is deleted already: its data, which lies in the trash.</summary>
    public static ImmutableArray<OperationStep> OfPurge => [new OperationStep { Name = StepNames.EmptyTrash }];

    /// <summary>
    /// Whether an operation still obeys a cancel: a create does until its bootstrap is done, an undelete until its data has been adopted. From then on the cluster lives, and taking
    /// it away is a delete.
    /// </summary>
    public static bool IsCancellable(Operation operation) =>
        operation is { State: OperationState.Pending or OperationState.Running } && IsUndoable(operation);

    /// <summary>Whether a failure of the operation is undone: as long as nothing that it made may hold data.</summary>
    public static bool IsUndoable(Operation operation) =>
        LastUndoableOf(operation.Kind) is { } last && operation.Steps.FirstOrDefault(step => step.Name == last) is { State: not OperationState.Succeeded };

    /// <summary>The step whose end is the point of no return; null where there never is a way back.</summary>
    private static string? LastUndoableOf(string kind) => kind switch
    {
        OperationKinds.PostgresClusterCreate => StepNames.Bootstrap,
        OperationKinds.PostgresClusterUndelete => StepNames.AdoptData,
        _ => null,
    };
}
