namespace Agents.Perf.Link;

/// <summary>Durations in milliseconds.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    /// <summary>Adds one.</summary>
    public void Add(TimeSpan duration) => _values.Add(duration.TotalMilliseconds);

    /// <summary>The value that so many percent do not exceed.</summary>
    public double Percentile(double percent)
    {
        var sorted = _values.Order().ToList();
        return sorted[Math.Max(0, (int)Math.Ceiling(percent / 100 * sorted.Count) - 1)];
    }
}
