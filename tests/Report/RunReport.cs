using System.Globalization;

namespace Agents.Report;

/// <summary>Prints what the runs of all assemblies came to; the totals are the last line.</summary>
internal sealed class RunReport(IReadOnlyList<AssemblyRun> runs)
{
    private const int SlowTestsMax = 10;
    private const int StackLinesMax = 12;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    /// <summary>How many tests and runs failed.</summary>
    public int Failed => runs.Sum(run => run.Failed);

    /// <summary>The one line that others read.</summary>
    public string Totals =>
        string.Create(CultureInfo.InvariantCulture, $"{runs.Sum(run => run.Passed)} passed, {Failed} failed, {runs.Sum(run => run.Skipped)} skipped");

    /// <summary>Writes slow, skipped and failed tests, and the problems of runs.</summary>
    public void Write(TextWriter writer)
    {
        WriteSlow(writer);
        WriteSkipped(writer);
        foreach (var run in runs)
            WriteFailures(writer, run);
    }

    private void WriteSlow(TextWriter writer)
    {
        var slow = runs.SelectMany(run => run.Tests).Where(test => test.Duration >= Slow).OrderByDescending(test => test.Duration).Take(SlowTestsMax).ToList();
        if (slow.Count > 0)
            writer.WriteLine("slowest tests:");
        foreach (var test in slow)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {test.Duration.TotalSeconds,6:0.0} s  {test.Name}"));
    }

    private void WriteSkipped(TextWriter writer)
    {
        foreach (var reason in runs.SelectMany(run => run.Tests).Where(test => test.Outcome == TestOutcome.Skipped).GroupBy(test => test.Message))
        {
            writer.WriteLine($"skipped: {reason.Key}");
            foreach (var test in reason)
                writer.WriteLine($"  {test.Name}");
        }
    }

    private static void WriteFailures(TextWriter writer, AssemblyRun run)
    {
        foreach (var test in run.Tests.Where(test => test.Outcome == TestOutcome.Failed))
        {
            writer.WriteLine($"FAILED {test.Name}");
            WriteIndented(writer, test.Message, int.MaxValue);
            WriteIndented(writer, test.StackTrace, StackLinesMax);
        }

        if (run.Problem is not null)
            writer.WriteLine($"FAILED {run.Name}: {run.Problem}");
    }

    private static void WriteIndented(TextWriter writer, string text, int linesMax)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(linesMax))
            writer.WriteLine($"    {line.TrimEnd()}");
    }
}
