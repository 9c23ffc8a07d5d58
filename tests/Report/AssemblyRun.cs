namespace Agents.Report;

/// <summary>One test assembly's run. A problem is what makes the run itself a failure, whatever its tests say: no results, no tests, an abort.</summary>
internal sealed record AssemblyRun(string Name, IReadOnlyList<TestResult> Tests, string? Problem)
{
    /// <summary>How many tests passed.</summary>
    public int Passed => Tests.Count(test => test.Outcome == TestOutcome.Passed);

    /// <summary>How many tests failed; a problem counts as one more.</summary>
    public int Failed => Tests.Count(test => test.Outcome == TestOutcome.Failed) + (Problem is null ? 0 : 1);

    /// <summary>How many tests were skipped.</summary>
    public int Skipped => Tests.Count(test => test.Outcome == TestOutcome.Skipped);
}
