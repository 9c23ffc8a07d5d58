using Agents.Controller.Execution.Engines;
using Agents.Controller.Execution.Engines.Patroni;
using Agents.Controller.Execution.Steps;

namespace Agents.Controller.Execution;

/// <summary>What carries decisions out. Needs the store, the secret box and the links among the services.</summary>
internal static class ExecutionFeature
{
    /// <summary>Registers execution.</summary>
    public static IServiceCollection AddExecution(this IServiceCollection services)
    {
        services.AddSingleton<ControllerIdentity>();
        services.AddSingleton<IControllerIdentity>(provider => provider.GetRequiredService<ControllerIdentity>());
        services.AddSingleton<Links.IControllerEpoch>(provider => provider.GetRequiredService<ControllerIdentity>());
        services.AddSingleton<GrpcAgents>();
        services.AddSingleton<IAgents>(provider => provider.GetRequiredService<GrpcAgents>());
        services.AddSingleton<IPatroniAgents>(provider => provider.GetRequiredService<GrpcAgents>());
        services.AddSingleton<IEngineDriver, PatroniDriver>();
        services.AddSingleton<Observation.ISessionWatch, PatroniWatch>();
        services.AddSingleton<EngineDrivers>();
        services.AddSingleton<ClusterVault>();
        services.AddSingleton<InstanceBuilder>();
        services.AddSingleton<ImageDelivery>();
        services.AddSingleton<InstanceCare>();
        services.AddSingleton<PortProbe>();
        services.AddSingleton<PlaceStep>();
        services.AddSingleton<ClusterRemover>();
        services.AddSingleton<ProxyTeller>();
        services.AddSingleton<ClusterObserver>();
        services.AddSingleton<Recipes>();
        return services;
    }
}
