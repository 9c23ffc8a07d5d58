using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Agents.Report;

/// <summary>
/// Reads what the run of one assembly left in its folder: <c>results.trx</c>, <c>exit-code</c> and <c>output.log</c>. It trusts none of them alone: a run
/// that was aborted may have written results that all passed.
/// </summary>
internal static class RunReader
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Reads the run of the assembly from its folder.</summary>
    public static AssemblyRun Read(string folder, string name)
    {
        var results = Path.Combine(folder, "results.trx");
        if (!File.Exists(results))
            return new AssemblyRun(name, [], "it wrote no results");

        XDocument document;
        try
        {
            document = XDocument.Load(results);
        }
        catch (XmlException exception)
        {
            return new AssemblyRun(name, [], $"its results cannot be read: {exception.Message}");
        }

        var tests = document.Descendants(Trx + "UnitTestResult").Select(Result).ToList();
        return new AssemblyRun(name, tests, Problem(folder, document, tests));
    }

    private static TestResult Result(XElement result)
    {
        var outcome = (string?)result.Attribute("outcome") switch
        {
            "Passed" => TestOutcome.Passed,
            "NotExecuted" => TestOutcome.Skipped,
            _ => TestOutcome.Failed,
        };
        var duration = TimeSpan.TryParse((string?)result.Attribute("duration"), CultureInfo.InvariantCulture, out var parsed) ? parsed : TimeSpan.Zero;
        var error = result.Descendants(Trx + "ErrorInfo").FirstOrDefault();
        var message = (string?)error?.Element(Trx + "Message") ?? (string?)result.Descendants(Trx + "StdOut").FirstOrDefault() ?? "";
        return new TestResult((string?)result.Attribute("testName") ?? "?", outcome, duration)
        {
            Message = outcome == TestOutcome.Passed ? "" : message.Trim(),
            StackTrace = ((string?)error?.Element(Trx + "StackTrace") ?? "").TrimEnd(),
        };
    }

    private static string? Problem(string folder, XDocument document, List<TestResult> tests)
    {
        var aborted = document.Descendants(Trx + "RunInfo")
            .Where(info => (string?)info.Attribute("outcome") is "Error" or "Failed")
            .Select(info => ((string?)info.Element(Trx + "Text") ?? "").Trim())
            .FirstOrDefault(text => !text.EndsWith("[FAIL]", StringComparison.Ordinal));
        if (aborted is not null)
            return $"its run was aborted: {aborted}";

        if (tests.Count == 0 && !NoneAskedFor(folder))
            return "it ran no tests";

        var code = ExitCode(folder);
        var failed = tests.Any(test => test.Outcome == TestOutcome.Failed);
        return code == "0" || (code == "1" && failed) ? null : $"it ended with exit code {code}, which its results do not explain";
    }

    private static string ExitCode(string folder)
    {
        var file = Path.Combine(folder, "exit-code");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : "unknown";
    }

    /// <summary>Whether the runner itself says that no test of the assembly is in the tiers that were asked for.</summary>
    private static bool NoneAskedFor(string folder)
    {
        var log = Path.Combine(folder, "output.log");
        return File.Exists(log) && File.ReadAllText(log).Contains("No test matches the given testcase filter", StringComparison.Ordinal);
    }
}
