using System.Collections.Immutable;

namespace Agents.Controller.Execution;

/// <summary>An operation as a table: its steps in order, what undoes it, and what is written at its end.</summary>
/// <param name="Kind">One of <see cref="Domain.Model.OperationKinds"/>.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Undo">What takes away all that the steps made; null where nothing can be undone.</param>
/// <param name="Finish">What is written when the last step is done, in the same transaction.</param>
internal sealed record OperationRecipe(
    string Kind, ImmutableArray<IOperationStep> Steps, IOperationStep? Undo, Action<Stores.IStoreWriter, StepContext> Finish);
