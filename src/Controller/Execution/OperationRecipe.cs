using System.Collections.Frozen;

namespace Agents.Controller.Execution;

/// <summary>An operation: its steps by name, what undoes it, and what is written at its end. The order is that of the names that were logged when it was asked for.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Undo">What takes away all that the steps made; null where nothing can be undone.</param>
/// <param name="Finish">What is written when the last step is done, in the same transaction.</param>
/// <param name="WhenAStepFails">What becomes of it then. Every recipe says it.</param>
/// <param name="AfterFailure">What is done before it ends in failure, once; does not fail. Returns what is to be said of it. Null where nothing is.</param>
internal sealed record OperationRecipe(
    FrozenDictionary<string, IOperationStep> Steps, IOperationStep? Undo, Action<Stores.IStoreWriter, StepContext, DateTimeOffset> Finish, OperationRecipe.Failing WhenAStepFails,
    Func<StepContext, CancellationToken, Task<string>>? AfterFailure = null)
{
    /// <summary>What becomes of an operation whose step has failed.</summary>
    public enum Failing
    {
        /// <summary>It is undone where it can be, and else ends with what was done left as it is.</summary>
        Undo,

        /// <summary>It ends with what was done left as it is: whoever sees that it is still needed begins it anew.</summary>
        EndInFailure,

        /// <summary>It holds its cluster, and tries again until it is done: nobody can cancel it.</summary>
        HoldUntilDone,
    }
}
