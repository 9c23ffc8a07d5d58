using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Agents.Agent.Kernel;

/// <summary>The routes and addresses that the kernel reports.</summary>
internal sealed class KernelHostRoutes : IHostRoutes
{
    private const string RouteTable = "/proc/net/route";

    /// <inheritdoc/>
    public IReadOnlyList<UsedRange> Read() => [.. (File.Exists(RouteTable) ? RouteTableParser.Parse(File.ReadAllText(RouteTable)) : []), .. Addresses()];

    private static IEnumerable<UsedRange> Addresses() =>
        from card in NetworkInterface.GetAllNetworkInterfaces()
        from unicast in card.GetIPProperties().UnicastAddresses
        where unicast.Address.AddressFamily == AddressFamily.InterNetwork
        select new UsedRange(NetworkOf(unicast.Address, unicast.PrefixLength), $"address {card.Name}");

    private static IPNetwork NetworkOf(IPAddress address, int prefixLength)
    {
        var bits = BitConverter.IsLittleEndian ? BitConverter.ToUInt32([.. address.GetAddressBytes().Reverse()]) : BitConverter.ToUInt32(address.GetAddressBytes());
        var masked = prefixLength == 0 ? 0 : bits & (uint.MaxValue << (32 - prefixLength));
        return new IPNetwork(new IPAddress([(byte)(masked >> 24), (byte)(masked >> 16), (byte)(masked >> 8), (byte)masked]), prefixLength);
    }
}
