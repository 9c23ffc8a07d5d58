using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Agents.Agent.Configuration;

/// <summary>The addresses that the kernel reports.</summary>
internal sealed class KernelHostAddresses : IHostAddresses
{
    private static readonly string[] s_enginePrefixes = ["docker", "br-", "veth", "virbr"];

    /// <inheritdoc/>
    public IReadOnlyList<IPAddress> Candidates() =>
        [.. NetworkInterface.GetAllNetworkInterfaces().Where(IsHostCard).SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address).Where(IsRoutable)];

    /// <inheritdoc/>
    public IReadOnlyList<IPAddress> All() =>
        [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address)];

    private static bool IsHostCard(NetworkInterface card) =>
        card.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
        && card.NetworkInterfaceType != NetworkInterfaceType.Loopback
        && !s_enginePrefixes.Any(prefix => card.Name.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsRoutable(IPAddress address) =>
        !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal
        && !(address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..]);
}
