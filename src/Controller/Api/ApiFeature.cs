using System.Net;
using Agents.Controller.Api.Auth;
using Agents.Controller.Api.Facades;
using Agents.Controller.Api.Grpc;
using Agents.Controller.Api.Rest;
using Agents.Controller.Api.Rest.Endpoints;
using Agents.Controller.Api.Rest.OpenApi;
using Agents.Controller.Links;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Agents.Controller.Api;

/// <summary>What users call: REST and gRPC over the same facades. Bound to the section "api".</summary>
internal static class ApiFeature
{
    /// <summary>Largest body of a REST request and largest message of a gRPC call.</summary>
    private const int RequestBytesMax = 1024 * 1024;

    /// <summary>Registers it.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ApiOptions>().Bind(configuration.GetSection("api"), binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
        services.AddSingleton(provider => new AllowedHosts(HostsOf(provider.GetRequiredService<IOptions<ApiOptions>>().Value)));
        services.AddSingleton<Gate>();
        services.AddSingleton<AdminToken>();

        services.AddSingleton<ClusterFacade>();
        services.AddSingleton<FleetFacade>();
        services.AddSingleton<OperationFacade>();

        services.AddSingleton<OperationAnswers>();
        services.AddSingleton<OperationEvents>();
        services.AddSingleton<ClusterEndpoints>();
        services.AddSingleton<HostEndpoints>();
        services.AddSingleton<JoinTokenEndpoints>();
        services.AddSingleton<OperationEndpoints>();
        services.AddSingleton<HealthEndpoints>();

        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = RequestBytesMax;
            grpc.Interceptors.Add<AgentPortInterceptor>();
            grpc.Interceptors.Add<UserGateInterceptor>();
            grpc.Interceptors.Add<RefusalInterceptor>();
        });
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
    public static void ListenForUsers(this KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<ApiOptions>>().Value;
        kestrel.Limits.MaxRequestBodySize = RequestBytesMax;
        kestrel.AddServerHeader = false;
        kestrel.Listen(IPEndPoint.Parse(options.Rest), listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.Listen(IPEndPoint.Parse(options.Grpc), listen => listen.Protocols = HttpProtocols.Http2);
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
        services.GetRequiredService<HealthEndpoints>().Map(application);
        application.MapOpenApi("/openapi/{documentName}.json").WithMetadata(new RestContract { Summary = "This document", Role = null });

        application.MapGrpcService<PostgresClusterEndpoint>();
        application.MapGrpcService<FleetEndpoint>();
        application.MapGrpcService<OperationEndpoint>();
    }

    private static IEnumerable<string> HostsOf(ApiOptions options) => options.AllowedHosts.Concat(((IEnumerable<string>)[options.Rest, options.Grpc]).Select(address =>
    {
        var ip = IPEndPoint.Parse(address).Address;
        return ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{ip}]" : ip.ToString();
    }));
}
