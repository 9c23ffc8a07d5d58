using System.Globalization;
using System.Net;
using System.Numerics;

namespace Agents.Agent.Kernel;

/// <summary>Reads the kernel's table of IPv4 routes. Pure. Lines that cannot be understood are passed over: the table is told to people, and checked by the engine.</summary>
internal static class RouteTableParser
{
    private const int DeviceColumn = 0;
    private const int DestinationColumn = 1;
    private const int MaskColumn = 7;

    /// <summary>All routes of a table in the form of /proc/net/route but the default one, in the table's order.</summary>
    public static IReadOnlyList<UsedRange> Parse(string table) => [.. table.Split('\n').Skip(1).Select(ParseLine).OfType<UsedRange>()];

    private static UsedRange? ParseLine(string line)
    {
        var columns = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (columns.Length <= MaskColumn || !TryParse(columns[DestinationColumn], out var destination) || !TryParse(columns[MaskColumn], out var mask) || mask == 0)
            return null;
        var prefixLength = BitOperations.PopCount(mask);
        return IPNetwork.TryParse($"{new IPAddress(destination)}/{prefixLength}", out var range) ? new UsedRange(range, $"route {columns[DeviceColumn]}") : null;
    }

    // The kernel prints the address as the machine holds it, which is also how the constructor of an address takes it.
    private static bool TryParse(string hex, out uint value) => uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
