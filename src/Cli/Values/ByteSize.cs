using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;

namespace Agents.Cli.Values;

/// <summary>Sizes in bytes as people write and read them.</summary>
internal static class ByteSize
{
    /// <summary>How to write one.</summary>
    public const string Rule = "write a size as 512MiB, 2GiB or 1.5TiB (1 KiB = 1024 bytes), 500MB (1 MB = 1,000,000 bytes), or a number of bytes";

    private static readonly FrozenDictionary<string, double> _units = new Dictionary<string, double>
    {
        [""] = 1,
        ["B"] = 1,
        ["KIB"] = 1L << 10,
        ["MIB"] = 1L << 20,
        ["GIB"] = 1L << 30,
        ["TIB"] = 1L << 40,
        ["KB"] = 1e3,
        ["MB"] = 1e6,
        ["GB"] = 1e9,
        ["TB"] = 1e12,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> _digits = SearchValues.Create("0123456789.");
    private static readonly string[] _words = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>Reads a size.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        var digits = text.AsSpan().IndexOfAnyExcept(_digits);
        var number = digits < 0 ? text : text[..digits];
        var unit = digits < 0 ? "" : text[digits..].Trim();
        bytes = 0;
        if (!_units.TryGetValue(unit, out var factor)
            || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value * factor > 1L << 60)
            return false;
        bytes = (long)Math.Round(value * factor);
        return true;
    }

    /// <summary>As "512 MiB" or "1.5 GiB".</summary>
    public static string Show(long bytes)
    {
        var unit = 0;
        double value = bytes;
        for (; Math.Abs(value) >= 1024 && unit < _words.Length - 1; unit++)
            value /= 1024;
        return value == Math.Floor(value) || value >= 100 ? Text.Invariant($"{value:0} {_words[unit]}") : Text.Invariant($"{value:0.0} {_words[unit]}");
    }
}
