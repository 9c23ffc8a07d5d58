using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Agents.Agent.Configuration;

/// <summary>A range of ports, both ends included.</summary>
/// <param name="First">The first port.</param>
/// <param name="Last">The last port.</param>
internal readonly record struct PortRange(int First, int Last)
{
    private const int Lowest = 1024;
    private const int Highest = 65535;

    /// <summary>Whether a port lies in the range.</summary>
    public bool Contains(int port) => port >= First && port <= Last;

    /// <summary>Reads "20000-20999". Ports below 1024 are never in a range.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PortRange? range)
    {
        range = null;
        if (text.Split('-') is not [var first, var last] || !TryParsePort(first, out var from) || !TryParsePort(last, out var to) || from > to)
            return false;
        range = new PortRange(from, to);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    private static bool TryParsePort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= Lowest and <= Highest;
}
