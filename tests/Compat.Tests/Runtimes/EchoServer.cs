using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agents.Compat.Tests.Runtimes;

/// <summary>The official server runtime with <see cref="EchoServiceImplementation"/> on a loopback port of its own (HTTP/2 without TLS), and a channel to it.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private EchoServer(WebApplication application, GrpcChannel channel)
    {
        _application = application;
        Channel = channel;
    }

    /// <summary>A channel of the official client runtime.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>What the server saw of the calls.</summary>
    public CallRecord Record => _application.Services.GetRequiredService<CallRecord>();

    /// <summary>Starts a server on a free port; with a certificate it speaks TLS.</summary>
    public static async Task<EchoServer> StartAsync(
        Action<GrpcServiceOptions>? configureServer = null, Action<GrpcChannelOptions>? configureChannel = null,
        Action<WebApplication>? mapMore = null, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        builder.Services.AddGrpc(options => configureServer?.Invoke(options));
        builder.Services.AddSingleton<CallRecord>();
        var application = builder.Build();
        application.MapGrpcService<EchoServiceImplementation>();
        mapMore?.Invoke(application);
        await application.StartAsync();

        var channelOptions = new GrpcChannelOptions();
        configureChannel?.Invoke(channelOptions);
        return new EchoServer(application, GrpcChannel.ForAddress(application.Urls.Single(), channelOptions));
    }

    /// <summary>Stops listening; the channel stays.</summary>
    public Task StopAsync() => _application.StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _application.DisposeAsync();
    }
}
