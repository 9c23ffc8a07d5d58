using Agents.Controller.Doors;
using Agents.Controller.Enrollment;
using Agents.Protocol.Calls;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agents.Controller.Links;

/// <summary>
/// The links and what agents call. Needs <see cref="Enrollment.CertificateAuthority"/>, <see cref="Stores.IStore"/> and <see cref="IControllerEpoch"/> among the services,
/// <see cref="AgentPort.UseAgentPort"/> on an endpoint of Kestrel, and the interceptor before those for users.
/// </summary>
internal static class LinksFeature
{
    /// <summary>Registers the links.</summary>
    public static IServiceCollection AddLinks(this IServiceCollection services, ImageOptions images)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LinkRegistry>();
        services.AddHostedService<LinkPulse>();
        services.AddSingleton<LinkTickets>();
        services.TryAddSingleton(new AgentPortLimits());
        services.AddSingleton<Strangers>();
        services.AddSingleton<HostCalls>();
        services.AddSingleton<AgentConnections>();
        services.AddSingleton<IHostConnections>(provider => provider.GetRequiredService<AgentConnections>());
        services.AddSingleton<LinkAdmission>();
        services.AddSingleton<Attacher>();
        services.AddSingleton(images);
        services.AddSingleton<ImageArchives>();
        services.AddSingleton<ImageTransfers>();
        services.AddSingleton<DeadlineRequiredInterceptor>();
        services.AddSingleton<AgentPortInterceptor>();
        // A message is read before anybody asks who sends it, and what is packed has no limit until it is unpacked: nobody's is, on any port. Said last: gRPC fills an empty list.
        services.PostConfigure<GrpcServiceOptions>(options => options.CompressionProviders.Clear());
        services.AddGrpc()
            .AddServiceOptions<EnrollmentEndpoint>(Limit)
            .AddServiceOptions<ImageEndpoint>(Limit);
        return services;
    }

    /// <summary>Maps what agents call.</summary>
    public static void MapAgentEndpoints(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<EnrollmentEndpoint>().For(Door.Audience.Agents);
        endpoints.MapGrpcService<ImageEndpoint>().For(Door.Audience.Agents);
    }

    private static void Limit(GrpcServiceOptions options)
    {
        options.Interceptors.Add<DeadlineRequiredInterceptor>();
        options.MaxReceiveMessageSize = AgentPortLimits.RequestBytesMax;
    }
}
