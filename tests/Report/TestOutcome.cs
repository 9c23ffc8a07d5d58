namespace Agents.Report;

/// <summary>How a test ended.</summary>
internal enum TestOutcome
{
    /// <summary>It passed.</summary>
    Passed,

    /// <summary>It failed, or ended in no way that counts as passed.</summary>
    Failed,

    /// <summary>It did not run, and says why.</summary>
    Skipped,
}
