using System.Net.Sockets;
using Agents.Protocol.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Agents.Agent.LocalSocket;

/// <summary>The agent's socket for root on this host. Whoever opens it may do all that a controller may, so it is its owner's alone.</summary>
internal static class LocalSocketEndpoint
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Has Kestrel listen on the socket. Throws <see cref="ConfigurationException"/> when another agent does.</summary>
    public static void ListenOn(KestrelServerOptions kestrel, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerOnly | UnixFileMode.UserExecute);
        RemoveStale(path);
        kestrel.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http2);
    }

    /// <summary>Leaves the socket readable and writable for its owner. It was never open to others: its directory and the process's umask see to that.</summary>
    public static void Restrict(string path) => File.SetUnixFileMode(path, OwnerOnly);

    private static void RemoveStale(string path)
    {
        if (!File.Exists(path))
            return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            File.Delete(path); // Left behind by an agent that was killed.
            return;
        }

        throw new ConfigurationException($"Another agent listens on {path}: end it, or set 'local_socket'.");
    }
}
