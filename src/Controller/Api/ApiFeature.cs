using System.Net;
using System.Net.Sockets;
using Agents.Controller.Api.Auth;
using Agents.Controller.Api.Facades;
using Agents.Controller.Api.Grpc;
using Agents.Controller.Api.Rest;
using Agents.Controller.Api.Rest.Endpoints;
using Agents.Controller.Api.Rest.OpenApi;
using Agents.Controller.Links;
using Agents.Protocol;
using Grpc.HealthCheck;
using Grpc.Reflection;
using Agents.V1;
using Microsoft.AspNetCore.Server.Kestrel.Core;
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
        services.AddSingleton(new AllowedHosts([.. options.AllowedHosts, NameOf(options.Rest), NameOf(options.Grpc)]));
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
        kestrel.Listen(options.Rest, listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.Listen(options.Grpc, listen => listen.Protocols = HttpProtocols.Http2);
    }

    /// <summary>Maps everything that users call.</summary>
    public static void MapApi(this WebApplication application)
    {
        application.UseRouting();
        application.UseMiddleware<RestGuard>();

        var services = application.Services;
        services.GetRequiredService<ClusterEndpoints>().Map(application);
        services.GetRequiredService<HostEndpoints>().Map(application);
        services.GetRequiredService<JoinTokenEndpoints>().Map(application);
        services.GetRequiredService<OperationEndpoints>().Map(application);
        services.GetRequiredService<ControllerEndpoints>().Map(application);
        services.GetRequiredService<HealthEndpoints>().Map(application);
        application.MapOpenApi("/openapi/{documentName}.json").WithMetadata(new RestContract { OperationId = "getOpenApi", Summary = "This document", Role = null });

        application.MapGrpcService<PostgresClusterEndpoint>();
        application.MapGrpcService<FleetEndpoint>();
        application.MapGrpcService<OperationEndpoint>();
        application.MapGrpcService<ControllerEndpoint>();
        application.MapGrpcService<ReflectionV1ServiceImpl>();
        application.MapGrpcService<ReflectionServiceImpl>();
        application.MapGrpcService<HealthServiceImpl>();
    }

    private static string NameOf(IPEndPoint endPoint) => endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{endPoint.Address}]" : endPoint.Address.ToString();
}
