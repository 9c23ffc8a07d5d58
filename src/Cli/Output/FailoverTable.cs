using System.Globalization;
using Agents.Cli.Model;
using Spectre.Console;

namespace Agents.Cli.Output;

/// <summary>Who has led a cluster, as a table.</summary>
internal static class FailoverTable
{
    private const string Engine = "engine";

    /// <summary>Writes the changes and the tries.</summary>
    public static void Write(Screen screen, FailoverList list)
    {
        if (list.Failovers.Count > 0)
        {
            var table = TableOf.Columns("WHEN", "WHAT", "FROM", "TO", ">TIMELINE", ">TOOK", "BY", "WHY");
            foreach (var failover in list.Failovers)
            {
                table.AddRow(
                    Cell.Of(When.At(failover.At)),
                    Cell.Of(failover.Operation?.Kind.Split('.')[^1] ?? Engine),
                    Cell.Of(failover.From),
                    Cell.Of(failover.To),
                    Cell.Of(failover.Timeline > 0 ? failover.Timeline.ToString(CultureInfo.InvariantCulture) : ""),
                    Cell.Of(failover.TookSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s") : ""),
                    Cell.Of(failover.Operation?.Principal ?? Engine),
                    Cell.Of(WhyOf(failover)));
            }

            screen.Write(table);
        }

        if (list.EngineReadAt is null)
            screen.Hint("the engine's own record is not known to its end now: what only it tells is missing (who led since, timelines, and what the engine did by itself)");
        else if (list.Failovers.Count == 0)
            screen.Hint("the first primary leads still");
    }

    private static string WhyOf(FailoverList.Failover failover) => failover.Operation switch
    {
        null => "by itself, or asked directly",
        { HasSucceeded: true } operation => operation.Reason,
        { Error: { } error } operation => $"{operation.State}: {error.Reason}: {error.Message}",
        { } operation => $"{operation.State}: {operation.Reason}",
    };
}
