using Agents.Controller.Stores;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agents.Controller.Loops;

/// <summary>What keeps turning. Needs execution and observation among the services.</summary>
internal static class LoopsFeature
{
    /// <summary>Registers the loops and their pumps.</summary>
    public static IServiceCollection AddLoops(this IServiceCollection services)
    {
        services.TryAddSingleton<LocalNudge>();
        services.AddSingleton<StoreSnapshots>();
        services.AddSingleton<OwnerGate>();
        services.AddSingleton<OperationPauses>();
        services.AddSingleton<OperationTurn>();
        services.AddSingleton<RepairStarter>();
        services.AddLoop<OperationLoop>();
        services.AddLoop<ReconcileLoop>();
        services.AddLoop<LeftoverLoop>();
        services.AddLoop<ObservationLoop>();
        services.AddLoop<AgesLoop>();
        return services;
    }

    private static void AddLoop<TLoop>(this IServiceCollection services)
        where TLoop : class, ILoop
    {
        services.AddSingleton<TLoop>();
        services.AddHostedService<LoopPump<TLoop>>();
    }
}
