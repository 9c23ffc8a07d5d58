namespace Agents.Controller.Observation;

/// <summary>What is seen of the fleet. Needs the links and the store among the services.</summary>
internal static class ObservationFeature
{
    /// <summary>Registers observation.</summary>
    public static IServiceCollection AddObservation(this IServiceCollection services)
    {
        services.AddSingleton<FleetView>();
        services.AddSingleton<IFleetView>(provider => provider.GetRequiredService<FleetView>());
        services.AddSingleton<FirstSight>();
        services.AddSingleton<Strangers>();
        services.AddSingleton<Candidates>();
        services.AddSingleton<ObeyedCheck>();
        services.AddSingleton<HostSessionObserver>();
        services.AddHostedService<HostWatcher>();
        return services;
    }
}
