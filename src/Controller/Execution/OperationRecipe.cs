using System.Collections.Frozen;

namespace Agents.Controller.Execution;

/// <summary>An operation: its steps by name, what undoes it, and what is written at its end. The order is that of the names that were logged when it was asked for.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Undo">What takes away all that the steps made; null where nothing can be undone.</param>
/// <param name="Finish">What is written when the last step is done, in the same transaction.</param>
internal sealed record OperationRecipe(FrozenDictionary<string, IOperationStep> Steps, IOperationStep? Undo, Action<Stores.IStoreWriter, StepContext, DateTimeOffset> Finish);
