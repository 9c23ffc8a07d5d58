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

    /// <summary>The lowest network that is not taken, in CIDR form; null when the pool is used up.</summary>
    public static string? FirstFree(string pool, IReadOnlySet<string> used)
    {
        if (!TryParse(pool, out var first, out var count))
            return null;
        for (var index = 0L; index < count; index++)
        {
            var subnet = Format((uint)(first + (index << (32 - SubnetPrefix))));
            if (!used.Contains(subnet))
                return subnet;
        }

        return null;
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

    private static string Format(uint address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}/{SubnetPrefix}");
}
