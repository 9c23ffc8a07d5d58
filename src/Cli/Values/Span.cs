using System.Globalization;

namespace Agents.Cli.Values;

/// <summary>Spans of time as people write and read them.</summary>
internal static class Span
{
    /// <summary>How to write one.</summary>
    public const string Rule = "write a time as 90s, 15m, 2h, 1d or 1h30m";

    /// <summary>Reads a span: numbers with units, largest unit first.</summary>
    public static bool TryParse(string text, out TimeSpan span)
    {
        span = TimeSpan.Zero;
        var rest = text.AsSpan();
        var unitMax = TimeSpan.MaxValue;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is <= 0 or > 6 || UnitOf(rest[digits]) is not { } unit || unit >= unitMax)
                return false;
            span += unit * int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            unitMax = unit;
            rest = rest[(digits + 1)..];
        }
        return text.Length > 0;
    }

    /// <summary>As "5s", "12m", "3h12m" or "4d3h".</summary>
    public static string ShowAge(TimeSpan age) => age switch
    {
        { Ticks: < 0 } => "0s",
        { TotalSeconds: < 60 } => Text.Invariant($"{age.Seconds}s"),
        { TotalMinutes: < 60 } => Text.Invariant($"{age.Minutes}m"),
        { TotalHours: < 24 } => Text.Invariant($"{age.Hours}h{age.Minutes}m"),
        _ => Text.Invariant($"{age.Days}d{age.Hours}h"),
    };

    /// <summary>As "0.4 s" or "125 s".</summary>
    public static string ShowSeconds(double seconds) => seconds < 100 ? Text.Invariant($"{seconds:0.0} s") : Text.Invariant($"{seconds:0} s");

    private static TimeSpan? UnitOf(char unit) => unit switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        _ => null,
    };
}
