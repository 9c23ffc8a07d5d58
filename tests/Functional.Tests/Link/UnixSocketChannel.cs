using System.Net.Sockets;
using Grpc.Net.Client;

namespace Agents.Functional.Tests.Link;

/// <summary>Channels to the local socket of an agent.</summary>
internal static class UnixSocketChannel
{
    /// <summary>A channel.</summary>
    public static GrpcChannel Create(string path) => GrpcChannel.ForAddress("http://local", new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        },
    });
}
