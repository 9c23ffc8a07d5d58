using System.Net;
using System.Net.Sockets;

namespace Agents.Controller.Doors;

/// <summary>Counts connections, in all and by address, so that nobody takes all that there are. Safe for concurrent use.</summary>
internal class ConnectionPlaces(int max, int ofAddressMax)
{
    private const int NetworkBytes = 8;

    private readonly Dictionary<IPAddress, int> _counts = [];
    private readonly Lock _lock = new();
    private int _count;

    /// <summary>Counts a connection; false when there are as many as there may be.</summary>
    public bool TryEnter(IPAddress address)
    {
        var key = KeyOf(address);
        lock (_lock)
        {
            var ofAddress = _counts.GetValueOrDefault(key);
            if (_count >= max || ofAddress >= ofAddressMax)
                return false;
            _count++;
            _counts[key] = ofAddress + 1;
            return true;
        }
    }

    /// <summary>It has ended, or is no stranger any more.</summary>
    public void Leave(IPAddress address)
    {
        var key = KeyOf(address);
        lock (_lock)
        {
            _count--;
            if (--_counts[key] == 0)
                _counts.Remove(key);
        }
    }

    /// <summary>Whoever has one IPv6 address has all of its network.</summary>
    private static IPAddress KeyOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, NetworkBytes, bytes.Length - NetworkBytes);
        return new IPAddress(bytes);
    }
}
