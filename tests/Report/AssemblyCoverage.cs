namespace Agents.Report;

/// <summary>How many lines of an assembly the tests reached.</summary>
internal sealed record AssemblyCoverage(string Name, int Covered, int Total)
{
    /// <summary>The covered lines in percent, rounded down to tenths so that a mark is never reached by rounding.</summary>
    public double Percent => Total == 0 ? 100 : Math.Floor(Covered * 1000.0 / Total) / 10;
}
