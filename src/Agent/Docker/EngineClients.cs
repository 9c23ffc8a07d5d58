using System.Net.Sockets;
using Docker.DotNet;
using Docker.DotNet.NativeHttp;

namespace Agents.Agent.Docker;

/// <summary>
/// The library's clients for one engine at one API version, over the runtime's own HTTP: the library's transport for Unix sockets dials anew for every call. Those that
/// are replaced are not disposed, since that would cut calls under way; their connections close when they have rested for a while.
/// </summary>
internal sealed class EngineClients(string socket, ApiVersion version) : IDisposable
{
    private const int ShortCallsMax = 32;

    private static readonly TimeSpan s_restMax = TimeSpan.FromSeconds(30);

    /// <summary>The version that they speak.</summary>
    public ApiVersion Version => version;

    /// <summary>For calls that are answered at once; a limited number at a time, the others wait.</summary>
    public DockerClient Short { get; } = Dial(socket, version, ShortCallsMax);

    /// <summary>For calls and streams that stay open, which must not keep the short ones waiting.</summary>
    public DockerClient Waiting { get; } = Dial(socket, version, int.MaxValue);

    /// <summary>One client; without a version it speaks the engine's newest. Nothing is dialled before the first call.</summary>
    public static DockerClient Dial(string socket, ApiVersion? version, int connectionsMax) => new DockerClientBuilder()
        .WithEndpoint(new Uri("http://docker"))
        .WithApiVersion(version is { } known ? new Version(known.Major, known.Minor) : null)
        .WithTimeout(Timeout.InfiniteTimeSpan)
        .WithTransportOptions(new NativeHttpTransportOptions { ConfigureHandler = handler => Configure(handler, socket, connectionsMax) })
        .Build();

    /// <inheritdoc/>
    public void Dispose()
    {
        Short.Dispose();
        Waiting.Dispose();
    }

    private static void Configure(SocketsHttpHandler handler, string socket, int connectionsMax)
    {
        handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(socket, cancellationToken);
        handler.UseProxy = false;
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.MaxConnectionsPerServer = connectionsMax;
        handler.PooledConnectionIdleTimeout = s_restMax;
        handler.ActivityHeadersPropagator = null;
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
