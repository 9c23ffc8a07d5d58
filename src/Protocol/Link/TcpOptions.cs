using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Agents.Protocol.Link;

/// <summary>Socket options that .NET has no name for.</summary>
public static class TcpOptions
{
    private const int IpProtocolTcp = 6;
    private const int TcpUserTimeout = 18;

    /// <summary>Makes a socket fit for a link: small messages leave at once, and a peer that stops acknowledging is noticed. Without effect on what is not TCP.</summary>
    public static void ApplyTo(Socket socket)
    {
        if (socket.ProtocolType != ProtocolType.Tcp)
            return;
        socket.NoDelay = true;
        if (OperatingSystem.IsLinux())
            SetUserTimeout(socket);
    }

    [SupportedOSPlatform("linux")]
    private static void SetUserTimeout(Socket socket) =>
        socket.SetRawSocketOption(IpProtocolTcp, TcpUserTimeout, BitConverter.GetBytes((int)LinkProtocol.UnacknowledgedMax.TotalMilliseconds));
}
