using Agents.Cli.Model;

namespace Agents.Cli.Output;

/// <summary>What a verb would do, for people.</summary>
internal static class VerbPlanView
{
    /// <summary>Writes it.</summary>
    public static void Write(Screen screen, VerbPlan plan)
    {
        foreach (var note in plan.Notes)
            screen.Line(Text.Plain(note));
        screen.Line(Text.Plain($"steps: {string.Join(", ", plan.Steps)}"));
        screen.Hint("nothing was done: the same without --dry-run does it");
    }
}
