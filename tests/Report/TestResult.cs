namespace Agents.Report;

/// <summary>One test of a run.</summary>
internal sealed record TestResult(string Name, TestOutcome Outcome, TimeSpan Duration)
{
    /// <summary>Why it failed or was skipped; empty otherwise.</summary>
    public string Message { get; init; } = "";

    /// <summary>Where it failed; empty otherwise.</summary>
    public string StackTrace { get; init; } = "";
}
