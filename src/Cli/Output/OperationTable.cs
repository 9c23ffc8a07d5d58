using Agents.Cli.Model;
using Spectre.Console;

namespace Agents.Cli.Output;

/// <summary>Operations as a table.</summary>
internal static class OperationTable
{
    /// <summary>Writes the operations.</summary>
    public static void Write(Screen screen, IReadOnlyList<Operation> operations, DateTimeOffset now)
    {
        if (operations.Count == 0)
        {
            screen.Hint("there are no operations");
            return;
        }
        var table = TableOf.Columns("ID", "KIND", "RESOURCE", "STATE", "STEP", ">AGE");
        foreach (var operation in operations)
        {
            table.AddRow(
                Cell.Of(operation.Id),
                Cell.Of(operation.Kind),
                Cell.Of(operation.ResourceName),
                Cell.State(operation.State),
                Cell.Of(StepOf(operation)),
                Cell.Of(When.Age(operation.CreatedAt, now)));
        }
        screen.Write(table);
    }

    private static string StepOf(Operation operation) =>
        operation.IsDone ? "" : operation.Steps.FirstOrDefault(step => step.State is OperationStates.Running or OperationStates.Undoing)?.Name ?? "";
}
