using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Agents.Agent.Identity;

/// <summary>The identity of this agent.</summary>
internal static class IdentityFeature
{
    /// <summary>Registers the identity.</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services, IdentityOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(new IdentityDirectory(options.Directory));
        services.AddSingleton<IIdentitySource, EnrollingIdentitySource>();
        return services;
    }
}
