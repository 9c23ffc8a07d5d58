using System.Net;
using System.Net.Sockets;

namespace Agents.Controller.Links;

/// <summary>Counts the connections of the agents' port that have shown no good certificate, so that nobody without one keeps agents out. Safe for concurrent use.</summary>
internal sealed class Strangers(AgentPortLimits limits)
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
            if (_count >= limits.StrangersMax || ofAddress >= limits.StrangersOfAddressMax)
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
