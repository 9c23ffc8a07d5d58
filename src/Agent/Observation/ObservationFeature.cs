namespace Agents.Agent.Observation;

/// <summary>What the agent sees of the engine's containers.</summary>
internal static class ObservationFeature
{
    /// <summary>Registers the view and what keeps it.</summary>
    public static IServiceCollection AddObservation(this IServiceCollection services) => services
        .AddSingleton<ContainerView>()
        .AddSingleton<UsedSubnets>()
        .AddSingleton<OwnObjects>()
        .AddHostedService<ContainerWatcher>();
}
