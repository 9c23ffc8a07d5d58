using Agents.Cli.Model;
using Agents.Cli.Values;
using Spectre.Console;

namespace Agents.Cli.Output;

/// <summary>One operation with its steps.</summary>
internal static class OperationView
{
    /// <summary>Writes the operation.</summary>
    public static void Write(Screen screen, Operation operation, DateTimeOffset now)
    {
        screen.Write(TableOf.Pairs(
            ("Operation", Cell.Of(operation.Id)),
            ("Kind", Cell.Of(operation.Kind)),
            ("Resource", Cell.Of(operation.ResourceName)),
            ("State", Cell.State(operation.State, operation.Cancellable ? " (can be cancelled)" : "")),
            ("Asked for", Cell.Of(When.Ago(operation.CreatedAt, now))),
            ("Ended", Cell.Of(When.Ago(operation.EndedAt, now))),
            ("By", Cell.Of(operation.Principal)),
            ("Reason", Cell.Of(operation.Reason))));
        WriteSteps(screen, operation, now);
        if (operation.Error is { } error)
            screen.Line(Text.Plain($"error: {error.Message} [{error.Reason}]"));
        foreach (var warning in operation.Warnings)
            screen.Line(Text.Plain($"warning: {warning}"));
    }

    private static void WriteSteps(Screen screen, Operation operation, DateTimeOffset now)
    {
        screen.Line("");
        var table = TableOf.Columns("STEP", "STATE", ">TIME", "MESSAGE");
        foreach (var step in operation.Steps)
        {
            table.AddRow(
                Cell.Of(step.Name),
                Cell.Of(StepWords.Of(step.State)),
                Cell.Of(step.DurationAt(now) is { } duration ? Span.ShowSeconds(duration.TotalSeconds) : ""),
                Cell.Of(step.Message));
        }
        screen.Write(table);
    }
}
