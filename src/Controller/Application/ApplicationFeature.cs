using Agents.Controller.Application.Clusters;
using Agents.Controller.Application.Hosts;
using Agents.Controller.Application.Operations;

namespace Agents.Controller.Application;

/// <summary>The use cases. They read and write the store and nothing else; the loops do the rest.</summary>
internal static class ApplicationFeature
{
    /// <summary>Registers them: every handler that there is below this folder, and what handlers share.</summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        var application = typeof(ApplicationFeature);
        foreach (var type in application.Assembly.GetTypes().Where(type => type.Name.EndsWith("Handler", StringComparison.Ordinal) && type.Namespace!.StartsWith(application.Namespace + ".", StringComparison.Ordinal)))
            services.AddSingleton(type);
        services.AddSingleton<ClusterViews>();
        services.AddSingleton<ClusterPlanner>();
        services.AddSingleton<HostViews>();
        services.AddSingleton<WaitForOperation>();
        return services;
    }
}
