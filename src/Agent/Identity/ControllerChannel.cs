using System.Net.Security;
using System.Net.Sockets;
using Agents.Protocol.Link;
using Grpc.Net.Client;

namespace Agents.Agent.Identity;

/// <summary>Ordinary channels to the controller, for enrolment and for bulk: never the link.</summary>
internal static class ControllerChannel
{
    /// <summary>A channel that dials as often as it must.</summary>
    public static GrpcChannel Dialling(ControllerAddress controller, SslClientAuthenticationOptions tls) =>
        Create(controller, tls, async cancellationToken => await ControllerSocket.ConnectAsync(controller, cancellationToken));

    /// <summary>A channel over one connection that is there already.</summary>
    public static GrpcChannel Over(ControllerAddress controller, SslClientAuthenticationOptions tls, NetworkStream stream)
    {
        Stream? remaining = stream;
        return Create(controller, tls, _ => Interlocked.Exchange(ref remaining, null) is { } taken
            ? ValueTask.FromResult(taken)
            : ValueTask.FromException<Stream>(new IOException("the connection to the controller is gone")));
    }

    private static GrpcChannel Create(ControllerAddress controller, SslClientAuthenticationOptions tls, Func<CancellationToken, ValueTask<Stream>> connect)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            SslOptions = tls,
            ConnectCallback = (_, cancellationToken) => connect(cancellationToken),
            KeepAlivePingDelay = LinkProtocol.ControllerPingDelay,
            KeepAlivePingTimeout = LinkProtocol.PingTimeout,
            InitialHttp2StreamWindowSize = LinkProtocol.StreamWindowBytes,
        };
        return GrpcChannel.ForAddress($"https://{controller.Authority}", new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            CompressionProviders = [],
            MaxReceiveMessageSize = LinkProtocol.MessageBytesMax,
        });
    }
}
