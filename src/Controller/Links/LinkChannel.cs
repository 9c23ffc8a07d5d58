using Agents.Protocol.Link;
using Grpc.Net.Client;

namespace Agents.Controller.Links;

/// <summary>A gRPC channel over one stream that is there already. When the stream is gone the channel is: it never dials.</summary>
internal static class LinkChannel
{
    /// <summary>A channel over a stream. The name only shows in errors.</summary>
    public static GrpcChannel Create(Stream stream, string name)
    {
        Stream? remaining = stream;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, _) => Interlocked.Exchange(ref remaining, null) is { } taken
                ? ValueTask.FromResult(taken)
                : ValueTask.FromException<Stream>(new IOException("the link is gone; the agent dials again")),
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan, // The default drops a quiet connection after one minute.
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            EnableMultipleHttp2Connections = false,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            KeepAlivePingDelay = Timeout.InfiniteTimeSpan, // It takes a timer for each link, awake once a second; LinkPulse looks after all of them.
            InitialHttp2StreamWindowSize = LinkProtocol.StreamWindowBytes,
        };
        return GrpcChannel.ForAddress($"http://{name}", new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            CompressionProviders = [], // What an agent packs has no limit until it is unpacked.
            MaxReceiveMessageSize = LinkProtocol.MessageBytesMax,
            MaxSendMessageSize = LinkProtocol.MessageBytesMax,
        });
    }
}
