using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Agents.Domain.Scheduling;

/// <summary>Cuts networks of 16 addresses out of a host's IPv4 pool, lowest first.</summary>
public static class SubnetPool
{
    private const int SubnetPrefix = 28;

    /// <summary>Whether a text is an IPv4 range in CIDR form that at least one network fits into.</summary>
    public static bool IsValid(string pool) => TryParse(pool, out _, out _);

    /// <summary>Whether a network in CIDR form is one of those that are cut out of a pool.</summary>
    public static bool Contains(string pool, string subnet) =>
        IPNetwork.TryParse(pool, out var range) && IPNetwork.TryParse(subnet, out var network) && network.PrefixLength == SubnetPrefix && range.Contains(network.BaseAddress);

    /// <summary>
    /// The lowest network that overlaps with nothing that is taken, in CIDR form; null when the pool is used up. What holds the whole pool, as a route to all private addresses, takes
    /// nothing: no other network of the pool would be better.
    /// </summary>
    public static string? FirstFree(string pool, IReadOnlySet<string> used)
    {
        if (!TryParse(pool, out var first, out var count))
            return null;
        var size = 1L << (32 - SubnetPrefix);
        var last = first + (count * size) - 1;
        var inTheWay = used.Select(RangeOf).OfType<(long First, long Last)>()
            .Where(range => range.First <= last && range.Last >= first && (range.First > first || range.Last < last || count == 1))
            .OrderBy(range => range.First);
        // Past the end of each that is in the way: a host may name a thousand, and a pool has a million networks.
        var start = (long)first;
        foreach (var range in inTheWay)
        {
            if (range.First >= start + size)
                break;
            if (range.Last >= start)
                start = first + (((range.Last - first) / size) + 1) * size;
        }

        return start <= last ? Format((uint)start) : null;
    }

    private static bool TryParse(string pool, out uint first, out long count)
    {
        (first, count) = (0, 0);
        if (!IPNetwork.TryParse(pool, out var network) || network.BaseAddress.AddressFamily != AddressFamily.InterNetwork || network.PrefixLength is < 8 or > SubnetPrefix)
            return false;
        first = BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes());
        count = 1L << (SubnetPrefix - network.PrefixLength);
        return true;
    }

    private static (long First, long Last)? RangeOf(string cidr)
    {
        if (!IPNetwork.TryParse(cidr, out var network) || network.BaseAddress.AddressFamily != AddressFamily.InterNetwork)
            return null;
        var first = BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes());
        return (first, first + (1L << (32 - network.PrefixLength)) - 1);
    }

    private static string Format(uint address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}/{SubnetPrefix}");
}
