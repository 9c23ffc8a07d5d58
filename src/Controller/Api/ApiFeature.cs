using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Agents.Controller.Api.Auth;
using Agents.Controller.Api.Facades;
using Agents.Controller.Api.Grpc;
using Agents.Controller.Api.Rest;
using Agents.Controller.Api.Rest.Endpoints;
using Agents.Controller.Api.Rest.OpenApi;
using Agents.Controller.Doors;
using Agents.Controller.Links;
using Agents.Protocol;
using Grpc.HealthCheck;
using Grpc.Reflection;
using Agents.V1;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Agents.Controller.Api;

/// <summary>What users call: REST and gRPC over the same facades.</summary>
internal static class ApiFeature
{
    /// <summary>Largest body of a REST request and largest message of a gRPC call.</summary>
    private const int RequestBytesMax = 1024 * 1024;

    private static readonly ServiceDescriptor[] _services = [PostgresClusterService.Descriptor, FleetService.Descriptor, OperationService.Descriptor, ControllerService.Descriptor];

    /// <summary>Registers it.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services, ApiOptions options)
    {
        services.AddSingleton(new AllowedHosts([.. options.AllowedHosts, NameOf(options.Rest), NameOf(options.Grpc), .. options.Tls is { } tls ? UserCertificate.NamesOf(tls) : []]));
        if (options.Tls is not null)
            services.AddSingleton(provider => new UserCertificate(options.Tls, provider.GetRequiredService<ILogger<UserCertificate>>()));
        services.AddSingleton<Gate>();
        services.AddSingleton<AdminToken>();

        services.AddSingleton<ClusterFacade>();
        services.AddSingleton<FleetFacade>();
        services.AddSingleton<OperationFacade>();
        services.AddSingleton<ControllerFacade>();

        services.AddSingleton<OperationAnswers>();
        services.AddSingleton<OperationEvents>();
        services.AddSingleton<ClusterEndpoints>();
        services.AddSingleton<HostEndpoints>();
        services.AddSingleton<JoinTokenEndpoints>();
        services.AddSingleton<OperationEndpoints>();
        services.AddSingleton<ControllerEndpoints>();
        services.AddSingleton<HealthEndpoints>();

        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = RequestBytesMax;
            grpc.Interceptors.Add<AgentPortInterceptor>();
            grpc.Interceptors.Add<UserGateInterceptor>();
            grpc.Interceptors.Add<RefusalInterceptor>();
        });
        var standard = new StandardServices(_services);
        services.AddSingleton(standard);
        services.AddSingleton(standard.Reflection);
        services.AddSingleton(standard.ReflectionAlpha);
        services.AddSingleton(standard.Health);
        services.AddSingleton<UserGateInterceptor>();
        services.AddSingleton<RefusalInterceptor>();
        services.AddOpenApi("v1", openApi =>
        {
            openApi.AddOperationTransformer<ContractTransformer>();
            openApi.AddDocumentTransformer<DocumentTransformer>();
            openApi.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<RestContract>().Any();
        });
        services.AddRouting();
        return services;
    }

    /// <summary>Listens on the ports for users.</summary>
    public static void ListenForUsers(this KestrelServerOptions kestrel, ApiOptions options)
    {
        kestrel.Limits.MaxRequestBodySize = RequestBytesMax;
        kestrel.AddServerHeader = false;
        kestrel.Listen(options.Rest, listen => UseDoor(listen, HttpProtocols.Http1, Door.Rest, options));
        kestrel.Listen(options.Grpc, listen => UseDoor(listen, HttpProtocols.Http2, Door.Grpc, options));
        if (options.Tls is { } tls)
            kestrel.Listen(tls.EndPoint, listen => UseTls(listen, kestrel.ApplicationServices.GetRequiredService<UserCertificate>(), options));
    }

    /// <summary>Maps everything that users call. Put behind routing and its doors.</summary>
    public static void MapApi(this WebApplication application)
    {
        application.UseMiddleware<RestGuard>();

        var services = application.Services;
        services.GetRequiredService<ClusterEndpoints>().Map(application);
        services.GetRequiredService<HostEndpoints>().Map(application);
        services.GetRequiredService<JoinTokenEndpoints>().Map(application);
        services.GetRequiredService<OperationEndpoints>().Map(application);
        services.GetRequiredService<ControllerEndpoints>().Map(application);
        services.GetRequiredService<HealthEndpoints>().Map(application);
        application.MapOpenApi("/openapi/{documentName}.json").WithMetadata(new RestContract { OperationId = "getOpenApi", Summary = "This document", Role = null }).For(Door.Audience.Rest);

        application.MapGrpcService<ClusterFacade>().For(Door.Audience.Grpc);
        application.MapGrpcService<FleetFacade>().For(Door.Audience.Grpc);
        application.MapGrpcService<OperationFacade>().For(Door.Audience.Grpc);
        application.MapGrpcService<ControllerFacade>().For(Door.Audience.Grpc);
        application.MapGrpcService<ReflectionV1ServiceImpl>().For(Door.Audience.Grpc);
        application.MapGrpcService<ReflectionServiceImpl>().For(Door.Audience.Grpc);
        application.MapGrpcService<HealthServiceImpl>().For(Door.Audience.Grpc);
    }

    private static void UseDoor(ListenOptions listen, HttpProtocols protocols, Door door, ApiOptions options)
    {
        listen.Protocols = protocols;
        listen.UsePlaces(options.ConnectionsMax, options.ConnectionsMax / 4);
        listen.UseDoor(door);
    }

    private static void UseTls(ListenOptions listen, UserCertificate certificate, ApiOptions options)
    {
        UseDoor(listen, HttpProtocols.Http1AndHttp2, Door.Tls, options);
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Context,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            }),
        });
    }

    private static string NameOf(IPEndPoint endPoint) => endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{endPoint.Address}]" : endPoint.Address.ToString();
}
