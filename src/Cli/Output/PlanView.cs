using Agents.Cli.Model;
using Spectre.Console;

namespace Agents.Cli.Output;

/// <summary>A plan: what would go where, and why.</summary>
internal static class PlanView
{
    /// <summary>Writes the plan.</summary>
    public static void Write(Screen screen, Plan plan)
    {
        var spec = plan.Effective;
        screen.Line(Text.Plain(
            $"{spec.Engine}, PostgreSQL {spec.PostgresVersion}, {Text.Count(spec.NodeCount ?? 0, "node")}, durability {spec.Durability}, revision {plan.Revision}, images {plan.ImageSet}"));
        screen.Line("");
        var table = TableOf.Columns("KIND", "NAME", "HOST", "PORTS", "WHY");
        foreach (var instance in plan.Instances)
            table.AddRow(Cell.Of(instance.Kind), Cell.Of(instance.Name), Cell.Of(instance.Host), Cell.Of(PortsOf(instance)), Cell.Of(instance.Reason));
        screen.Write(table);

        var passedOver = plan.Hosts.Where(host => !host.Feasible).ToList();
        if (passedOver.Count > 0)
            screen.Line("");
        foreach (var host in passedOver)
            screen.Line(Text.Plain($"not on {host.Host}: {string.Join("; ", host.Reasons)}"));
        WriteWarnings(screen, plan);
    }

    /// <summary>Writes what deserves a look, beside the result.</summary>
    public static void WriteWarnings(Screen screen, Plan plan)
    {
        foreach (var warning in plan.Warnings)
            screen.Hint($"warning: {warning}");
    }

    private static string PortsOf(Plan.PlannedInstance instance) => string.Join(", ", instance.Ports.Select(port => Text.Invariant($"{port.Key} {port.Value}")));
}
