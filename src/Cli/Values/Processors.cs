using System.Globalization;

namespace Agents.Cli.Values;

/// <summary>Shares of processors as people write them.</summary>
internal static class Processors
{
    /// <summary>How to write one.</summary>
    public const string Rule = "write processors as 2, 1.5 or 0.25";

    /// <summary>Reads a share in thousandths.</summary>
    public static bool TryParse(string text, out long milli)
    {
        milli = 0;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > 10_000 || value * 1000 % 1 != 0)
            return false;
        milli = (long)(value * 1000);
        return true;
    }
}
