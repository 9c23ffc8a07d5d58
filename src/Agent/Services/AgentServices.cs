using Agents.Agent.Link;
using Agents.Protocol;
using Grpc.HealthCheck;
using Grpc.Reflection;
using Agents.V1;

namespace Agents.Agent.Services;

/// <summary>The one list of what an agent serves, over the link and over the local socket alike: nothing here knows where a call comes from.</summary>
internal static class AgentServices
{
    /// <summary>The services by their descriptors; a service that is mapped is listed here, so that reflection and health know it.</summary>
    private static readonly Google.Protobuf.Reflection.ServiceDescriptor[] s_descriptors =
    [
        HostService.Descriptor, ContainerService.Descriptor, InstanceService.Descriptor, PsqlService.Descriptor, EtcdService.Descriptor, PatroniService.Descriptor,
        ProxyService.Descriptor,
    ];

    /// <summary>Maps every service of the agent, with reflection and health.</summary>
    public static IEndpointRouteBuilder MapAgentServices(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<HostServiceEndpoint>();
        endpoints.MapGrpcService<ContainerServiceEndpoint>();
        endpoints.MapGrpcService<InstanceServiceEndpoint>();
        endpoints.MapGrpcService<PsqlServiceEndpoint>();
        endpoints.MapGrpcService<EtcdServiceEndpoint>();
        endpoints.MapGrpcService<PatroniServiceEndpoint>();
        endpoints.MapGrpcService<ProxyServiceEndpoint>();
        endpoints.MapGrpcService<ReflectionV1ServiceImpl>();
        endpoints.MapGrpcService<ReflectionServiceImpl>();
        endpoints.MapGrpcService<HealthServiceImpl>();
        return endpoints;
    }

    /// <summary>Registers what the services share.</summary>
    public static IServiceCollection AddAgentServices(this IServiceCollection services)
    {
        services.AddGrpc(options =>
        {
            options.Interceptors.Add<ErrorInterceptor>();
            options.UseLinkRules();
        });
        var standard = new StandardServices(s_descriptors);
        return services
            .AddSingleton(standard)
            .AddSingleton(standard.Reflection)
            .AddSingleton(standard.ReflectionAlpha)
            .AddSingleton(standard.Health)
            .AddSingleton<HostIdentity>()
            .AddSingleton<EngineInstances>()
            .AddSingleton<EventStreamer>()
            .AddSingleton<IWatchedNodes, PatroniNodes>()
            .AddSingleton<NodeStreamer>();
    }
}
