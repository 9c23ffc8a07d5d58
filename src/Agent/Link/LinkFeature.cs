using Agents.Agent.Identity;
using Agents.Protocol.Calls;
using Agents.Protocol.Link;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agents.Agent.Link;

/// <summary>The link: Kestrel serves the agent's services on a connection that the agent dials.</summary>
internal static class LinkFeature
{
    /// <summary>A link without a call is no reason to end it. Not infinite: Kestrel adds it to the time of day, and infinity overflows into the past.</summary>
    private static readonly TimeSpan WithoutCalls = TimeSpan.FromDays(365);

    /// <summary>Registers the link. The identity must be registered too.</summary>
    public static IServiceCollection AddLink(this IServiceCollection services, ProcessIdentity process)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(process);
        services.AddSingleton<Attachment>();
        services.AddSingleton<ILinkDialer, LinkDialer>();
        services.AddHostedService<CertificateRenewer>();
        services.AddSingleton<IConnectionListenerFactory, LinkConnectionListenerFactory>(); // The last one registered is asked first.
        services.AddSingleton<ControllerOnlyInterceptor>();
        services.AddSingleton<DeadlineRequiredInterceptor>();
        services.PostConfigure<GrpcServiceOptions>(options => options.CompressionProviders.Clear()); // What is packed has no limit until it is unpacked. gRPC fills an empty list: said last.
        return services;
    }

    /// <summary>Serves on the link to a controller, and sets the limits of the whole server.</summary>
    public static void UseLink(this KestrelServerOptions options, ControllerAddress controller)
    {
        ConfigureLimits(options.Limits);
        options.Listen(new LinkEndPoint(controller), listen => listen.Protocols = HttpProtocols.Http2);
    }

    /// <summary>The gates and limits of every call, over the link and over the local socket.</summary>
    public static void UseLinkRules(this GrpcServiceOptions options)
    {
        options.Interceptors.Add<ControllerOnlyInterceptor>();
        options.Interceptors.Add<DeadlineRequiredInterceptor>();
        options.MaxReceiveMessageSize = LinkProtocol.MessageBytesMax;
        options.MaxSendMessageSize = LinkProtocol.MessageBytesMax;
    }

    private static void ConfigureLimits(KestrelServerLimits limits)
    {
        limits.KeepAliveTimeout = WithoutCalls;
        limits.MinRequestBodyDataRate = null; // One slow stream would abort the whole connection.
        limits.MinResponseDataRate = null;
        limits.MaxRequestBodySize = null; // Messages are limited, streams are not.
        limits.Http2.MaxStreamsPerConnection = LinkProtocol.StreamsMax;
        limits.Http2.InitialConnectionWindowSize = LinkProtocol.ConnectionWindowBytes;
        limits.Http2.InitialStreamWindowSize = LinkProtocol.StreamWindowBytes;
        limits.Http2.KeepAlivePingDelay = LinkProtocol.AgentPingDelay;
        limits.Http2.KeepAlivePingTimeout = LinkProtocol.PingTimeout;
    }
}
