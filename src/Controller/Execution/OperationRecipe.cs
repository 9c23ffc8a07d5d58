using System.Collections.Frozen;

namespace Agents.Controller.Execution;

/// <summary>An operation: its steps by name, what undoes it, and what is written at its end. The order is that of the names that were logged when it was asked for.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Undo">What takes away all that the steps made; null where nothing can be undone.</param>
/// <param name="Finish">What is written when the last step is done, in the same transaction.</param>
/// <param name="EndsInFailure">Whether a step that fails ends it, with all that was done left as it is: it is begun anew by whoever sees that it is still needed.</param>
internal sealed record OperationRecipe(
    FrozenDictionary<string, IOperationStep> Steps, IOperationStep? Undo, Action<Stores.IStoreWriter, StepContext, DateTimeOffset> Finish, bool EndsInFailure);
